#include "sorsweep/core/time.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <utility>

#include "core/error.hpp"
#include "core/posix_zone.hpp"

namespace sorsweep {
namespace {

using std::chrono::nanoseconds;
using std::chrono::sys_days;
using SysNs = std::chrono::time_point<std::chrono::system_clock, nanoseconds>;

constexpr const char* kZoneFiles = "/usr/share/zoneinfo/";

constexpr std::array<std::pair<std::string_view, TimeNs>, 6> kDurationUnits = {{{"h", 3600 * kNsPerSecond},
                                                                                {"m", 60 * kNsPerSecond},
                                                                                {"s", kNsPerSecond},
                                                                                {"ms", 1'000'000},
                                                                                {"us", 1'000},
                                                                                {"ns", 1}}};

/// Takes a number of exactly `width` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const Date date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                  std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

/// Takes HH:MM[:SS[.f]] off the front and returns it in ns.
std::optional<TimeNs> take_clock(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  TimeNs ns = (TimeNs{*hour} * 60 + *minute) * 60 * kNsPerSecond;
  if (!take(text, ':')) return ns;
  const auto second = take_number(text, 2);
  if (!second || *second > 59) return std::nullopt;
  ns += *second * kNsPerSecond;
  if (!take(text, '.')) return ns;
  TimeNs unit = kNsPerSecond;
  std::size_t digits = 0;
  for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), ++digits) {
    unit /= 10;
    if (unit == 0) return std::nullopt;
    ns += unit * (text[0] - '0');
  }
  return digits ? std::optional(ns) : std::nullopt;
}

/// Takes Z, ±HH:MM, ±HHMM or nothing off the front and returns the ns to subtract.
std::optional<TimeNs> take_offset(std::string_view& text) {
  if (text.empty() || take(text, 'Z')) return 0;
  const bool west = text[0] == '-';
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23) return std::nullopt;
  take(text, ':');
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  const TimeNs offset = (TimeNs{*hour} * 60 + *minute) * 60 * kNsPerSecond;
  return west ? -offset : offset;
}

/// Whether every nanosecond of the date's year fits an int64.
bool fits_int64(Date date) {
  return date.year() >= std::chrono::year(1678) && date.year() <= std::chrono::year(2261);
}

const date::time_zone* zone_of(const void* zone) {
  return static_cast<const date::time_zone*>(zone);
}

/// Returns whether a period that ends then has no known end: it follows the last change that the tz database lists.
bool is_endless(date::sys_seconds end) {
  return end > date::sys_days(date::year(10'000) / 1 / 1);
}

/// Reads the rule at the end of a zone's file, which the date library does not know. \return nothing if there is none
std::optional<PosixZone> read_rule(const std::string& zone) {
  std::ifstream file(std::string(kZoneFiles) + zone, std::ios::binary);
  const std::string content(std::istreambuf_iterator<char>(file), {});
  if (content.size() < 2 || content.back() != '\n') return std::nullopt;
  const auto begin = content.rfind('\n', content.size() - 2) + 1;
  return PosixZone::parse(std::string_view(content).substr(begin, content.size() - 1 - begin));
}

/// Returns the rule of a zone, or null. Rules are read once and kept, as the date library keeps its zones.
const PosixZone* rule_of(const std::string& zone) {
  static std::mutex mutex;
  static std::map<std::string, std::optional<PosixZone>> rules;
  const std::lock_guard lock(mutex);
  auto found = rules.find(zone);
  if (found == rules.end()) found = rules.emplace(zone, read_rule(zone)).first;
  return found->second ? &*found->second : nullptr;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::string format_date(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<TimeNs> parse_time_of_day(std::string_view text) {
  const auto ns = take_clock(text);
  return text.empty() ? ns : std::nullopt;
}

std::optional<TimeNs> parse_duration(std::string_view text) {
  if (text == "0") return 0;
  TimeNs count = 0;
  const auto [rest, ec] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (ec != std::errc() || count < 0) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  for (const auto& [name, length] : kDurationUnits)
    if (unit == name && count <= std::numeric_limits<TimeNs>::max() / length) return count * length;
  return std::nullopt;
}

std::string format_duration(TimeNs duration_ns) {
  if (duration_ns == 0) return "0";
  for (const auto& [name, length] : kDurationUnits)
    if (duration_ns % length == 0) return fmt::format("{}{}", duration_ns / length, name);
  return "";  // not reached: the last unit is 1 ns
}

std::optional<TimeNs> parse_iso_time(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !fits_int64(*date)) return std::nullopt;
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return nanoseconds(sys_days(*date).time_since_epoch()).count() + *clock - *offset;
}

std::string format_iso_time(TimeNs time_ns) {
  const SysNs time{nanoseconds(time_ns)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const auto in_day = (time - day).count();
  const auto seconds = in_day / kNsPerSecond;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:09}Z", format_date(Date(day)), seconds / 3600, seconds / 60 % 60,
                     seconds % 60, in_day % kNsPerSecond);
}

TimeZone::TimeZone(std::string_view name) : name_(name) {
  try {
    zone_ = date::locate_zone(name_);
  } catch (const std::exception&) {
    throw Error(Exit::usage, fmt::format("there is no time zone «{}»", name_), "the tz database does not have it",
                "use a name like America/New_York, or install tzdata if there are no zones at all");
  }
  rule_ = rule_of(name_);
}

Date TimeZone::date_of(TimeNs time_ns) const {
  const SysNs time{nanoseconds(time_ns)};
  const auto info = zone_of(zone_)->get_info(time);
  const auto offset =
      rule_ && is_endless(info.end) ? rule_->offset_at(std::chrono::floor<std::chrono::seconds>(time)) : info.offset;
  return Date(std::chrono::floor<std::chrono::days>(time + offset));
}

TimeWindow TimeZone::day_window(Date date) const {
  return {at(date, 0), at(Date(sys_days(date) + std::chrono::days(1)), 0)};
}

TimeNs TimeZone::at(Date date, TimeNs time_of_day_ns) const {
  const date::local_time<nanoseconds> local{sys_days(date).time_since_epoch() + nanoseconds(time_of_day_ns)};
  if (rule_ && is_endless(zone_of(zone_)->get_info(local).first.end)) {
    const auto second = std::chrono::floor<std::chrono::seconds>(local.time_since_epoch());
    return nanoseconds(rule_->moment_of(second).time_since_epoch() + (local.time_since_epoch() - second)).count();
  }
  return zone_of(zone_)->to_sys(local, date::choose::earliest).time_since_epoch().count();
}

std::string tzdata_version() {
  const auto& version = date::get_tzdb().version;
  if (version != "unknown") return version;
  // Debian's files have no +VERSION, which the date library looks for, but the source that they were made from tells.
  std::ifstream source(std::string(kZoneFiles) + "tzdata.zi");
  std::string mark, word, told;
  return source >> mark >> word >> told && word == "version" ? told : version;
}

}  // namespace sorsweep
