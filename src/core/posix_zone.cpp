// tested by: tests/core/time_test.cpp (PosixZone)
#include "core/posix_zone.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sorsweep {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

namespace {

constexpr seconds kHour{3600};

std::chrono::year year_of(seconds since_epoch) {
  return std::chrono::year_month_day(sys_days(std::chrono::floor<days>(since_epoch))).year();
}

}  // namespace

/// Takes a rule apart from left to right. Each function takes its part off the front of the text.
class PosixZone::Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<PosixZone> zone() {
    PosixZone zone;
    const auto standard = name() ? time() : std::nullopt;
    if (!standard) return std::nullopt;
    zone.standard_ = -*standard;  // POSIX counts westwards.
    if (text_.empty()) return zone;
    if (!name()) return std::nullopt;
    zone.summer_ = zone.standard_ + kHour;
    if (!text_.starts_with(',')) {
      const auto summer = time();
      if (!summer) return std::nullopt;
      zone.summer_ = -*summer;
    }
    zone.begin_ = yearly();
    zone.end_ = yearly();
    return zone.begin_ && zone.end_ && text_.empty() ? std::optional(zone) : std::nullopt;
  }

 private:
  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  std::optional<unsigned> number(unsigned most) {
    unsigned value = 0;
    std::size_t digits = 0;
    for (; digits < text_.size() && digits < 4 && text_[digits] >= '0' && text_[digits] <= '9'; ++digits)
      value = value * 10 + static_cast<unsigned>(text_[digits] - '0');
    text_.remove_prefix(digits);
    return digits > 0 && value <= most ? std::optional(value) : std::nullopt;
  }

  /// Takes a name such as "EST" or "<+03>".
  bool name() {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto length = text_.starts_with('<')
                            ? text_.find('>') + 1
                            : static_cast<std::size_t>(std::ranges::find_if_not(text_, is_letter) - text_.begin());
    text_.remove_prefix(length);
    return length > 0;
  }

  /// Takes a time such as "5", "-3:30" or "26:00:00".
  std::optional<seconds> time() {
    constexpr unsigned most_hours = 167;
    const bool is_negative = take('-');
    if (!is_negative) take('+');
    const auto hours = number(most_hours);
    const auto minutes = take(':') ? number(59) : 0U;
    const auto rest = take(':') ? number(59) : 0U;
    if (!hours || !minutes || !rest) return std::nullopt;
    const seconds sum = *hours * kHour + seconds(*minutes * 60 + *rest);
    return is_negative ? -sum : sum;
  }

  /// Takes a day with its time, such as ",M3.2.0/2".
  std::optional<Yearly> yearly() {
    if (!take(',')) return std::nullopt;
    Yearly yearly;
    std::optional<unsigned> month = 1, week = 1;
    if (take('M')) {
      month = number(12);
      week = take('.') ? number(5) : std::nullopt;
      if (!take('.')) return std::nullopt;
    } else {
      yearly.kind = take('J') ? Yearly::Kind::day_without_leap : Yearly::Kind::day;
    }
    const auto day = number(yearly.kind == Yearly::Kind::weekday ? 6 : 365);
    const auto at = take('/') ? time() : 2 * kHour;
    if (!month || !week || !day || !at || *month == 0 || *week == 0) return std::nullopt;
    yearly.month = *month;
    yearly.week = *week;
    yearly.day = *day;
    yearly.time = *at;
    return yearly;
  }

  std::string_view text_;
};

std::optional<PosixZone> PosixZone::parse(std::string_view text) {
  return Parser(text).zone();
}

/// Returns the time of local clocks at which they change in a year, from 1970 on.
seconds PosixZone::Yearly::in(std::chrono::year year) const {
  const auto first = sys_days(year / std::chrono::January / 1);
  auto date = first + days(day);
  if (kind == Kind::day_without_leap) date = first + days(day - 1 + (year.is_leap() && day >= 60));
  if (kind == Kind::weekday) {
    const auto in_month = year / std::chrono::month(month);
    const std::chrono::weekday on(day);
    date = week == 5 ? sys_days(in_month / on[std::chrono::last]) : sys_days(in_month / on[week]);
  }
  return date.time_since_epoch() + time;
}

std::vector<PosixZone::Change> PosixZone::changes_around(std::chrono::year year) const {
  std::vector<Change> changes;
  if (!begin_) return changes;
  for (auto y = year - std::chrono::years(1); y <= year + std::chrono::years(1); ++y) {
    changes.push_back({sys_seconds(begin_->in(y)-standard_), summer_});
    changes.push_back({sys_seconds(end_->in(y)-summer_), standard_});
  }
  // Where summer time never ends, it begins anew at the moment of its end: the order of such a pair must stay.
  std::ranges::stable_sort(changes, {}, &Change::at);
  return changes;
}

seconds PosixZone::offset_at(sys_seconds time) const {
  auto offset = standard_;
  for (const auto& change : changes_around(year_of(time.time_since_epoch())))
    if (change.at <= time) offset = change.offset;
  return offset;
}

sys_seconds PosixZone::moment_of(seconds local) const {
  const auto changes = changes_around(year_of(local));
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto moment = sys_seconds(local - changes[i].offset);
    if (moment < changes[i].at) return changes[i].at;  // Clocks skip it.
    if (i + 1 == changes.size() || moment < changes[i + 1].at) return moment;
  }
  return sys_seconds(local - standard_);
}

}  // namespace sorsweep
