#include "trust/outcomes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/split_mix.hpp"

namespace sorsweep::trust {
namespace {

constexpr std::uint32_t kEmpty = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kFirstSlots = 1024;

void check_day(std::span<const double> day, std::size_t rows) {
  if (day.size() != rows)
    throw Error(Exit::internal, fmt::format("a day has {} outcomes instead of {}", day.size(), rows));
  const auto bad = std::ranges::find_if_not(day, [](double value) { return std::isfinite(value); });
  if (bad != day.end())
    throw Error(Exit::internal, fmt::format("the outcome in row {} is {}", bad - day.begin(), *bad),
                "only finite numbers can be compared", "leave out days without data");
}

std::uint64_t hash_of(std::uint32_t first, double value) {
  // −0 + 0 = 0, so that both zeros hash alike.
  return split_mix_at(std::bit_cast<std::uint64_t>(value + 0.0), first);
}

}  // namespace

std::vector<double> Outcomes::row(std::size_t r) const {
  std::vector<double> series(days());
  for (std::size_t d = 0; d < series.size(); ++d) series[d] = values[d * rows() + r];
  return series;
}

RowMerger::RowMerger(std::size_t rows) : first_(rows, 0), next_(rows), slots_(kFirstSlots, kEmpty) {
  if (rows >= kEmpty) throw Error(Exit::internal, fmt::format("{} rows are too many to be merged", rows));
}

void RowMerger::add(std::span<const double> day) {
  check_day(day, first_.size());
  std::ranges::fill(slots_, kEmpty);
  classes_ = 0;
  for (std::uint32_t r = 0; r < day.size(); ++r) {
    const bool as_before =
        // Neighbours are often equal because surfaces have plateaus.
        r > 0 && first_[r] == first_[r - 1] && day[r] == day[r - 1];
    next_[r] = as_before ? next_[r - 1] : find_or_insert(r, day);
  }
  first_.swap(next_);
}

std::uint32_t RowMerger::find_or_insert(std::uint32_t row, std::span<const double> day) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash_of(first_[row], day[row]) & mask;; i = (i + 1) & mask) {
    const auto found = slots_[i];
    if (found == kEmpty) {
      slots_[i] = row;
      if (2 * ++classes_ > slots_.size()) grow(day);
      return row;
    }
    if (first_[found] == first_[row] && day[found] == day[row]) return found;
  }
}

void RowMerger::grow(std::span<const double> day) {
  std::vector<std::uint32_t> old(2 * slots_.size(), kEmpty);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const auto row : old) {
    if (row == kEmpty) continue;
    auto i = hash_of(first_[row], day[row]) & mask;
    while (slots_[i] != kEmpty) i = (i + 1) & mask;
    slots_[i] = row;
  }
}

std::vector<std::size_t> RowMerger::representatives() const {
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < first_.size(); ++r)
    if (first_[r] == r) rows.push_back(r);
  return rows;
}

std::vector<std::size_t> RowMerger::counts(std::span<const std::size_t> of_rows) const {
  std::vector<std::size_t> sums(first_.size());
  for (std::size_t r = 0; r < first_.size(); ++r) sums[first_[r]] += of_rows.empty() ? 1 : of_rows[r];
  std::vector<std::size_t> counts;
  for (const auto r : representatives()) counts.push_back(sums[r]);
  return counts;
}

Outcomes distinct(Outcomes outcomes) {
  const auto rows = outcomes.rows();
  const auto days = outcomes.days();
  auto& values = outcomes.values;
  if (rows * days != values.size() || (!outcomes.counts.empty() && outcomes.counts.size() != rows))
    throw Error(Exit::internal, fmt::format("{} outcomes of {} points", values.size(), rows));
  RowMerger merger(rows);
  for (std::size_t d = 0; d < days; ++d) merger.add(outcomes.day(d));
  const auto kept = merger.representatives();
  // Each value moves to where it or an earlier one was.
  auto to = values.begin();
  for (std::size_t d = 0; d < days; ++d)
    for (const auto r : kept) *to++ = values[d * rows + r];
  values.erase(to, values.end());
  outcomes.counts = merger.counts(outcomes.counts);
  std::ranges::transform(kept, outcomes.points.begin(), [&](auto r) { return outcomes.points[r]; });
  outcomes.points.resize(kept.size());
  return outcomes;
}

}  // namespace sorsweep::trust
