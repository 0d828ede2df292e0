/// \file
/// What every point paid on every day: the only thing this room looks at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sorsweep::trust {

/// A matrix rows × days, a column a day. A row is a point of the grid, or one of several that paid the same on all days.
struct Outcomes {
  std::vector<std::size_t> points;  ///< of each row: its number in the grid, ascending
  std::vector<std::size_t> counts;  ///< of each row: points that it stands for; empty: one each
  std::vector<double> values;       ///< of day d and row r: values[d · rows + r]; one unit for all, lower is better

  std::size_t rows() const { return points.size(); }
  std::size_t days() const { return rows() == 0 ? 0 : values.size() / rows(); }
  std::size_t count(std::size_t row) const { return counts.empty() ? 1 : counts[row]; }
  std::span<const double> day(std::size_t d) const { return std::span(values).subspan(d * rows(), rows()); }
  std::vector<double> row(std::size_t r) const;  ///< length days()
};

/// A way to trade that is no point of the grid, or is looked at beside it: a figure a day, in the unit of the outcomes.
struct DaySeries {
  std::string name;
  std::vector<double> values;
};

/// Finds rows that are equal on all days, a day at a time, so that no more than one day has to be held.
///
///     RowMerger merger(points);
///     for (each day) merger.add(column);
///     merger.representatives();  // ascending; then collect their values in a second pass over the days
class RowMerger {
 public:
  /// \throws Error (internal) for 2^32 − 1 rows or more
  explicit RowMerger(std::size_t rows);

  /// \param day a value of each row. −0 equals 0
  /// \throws Error (internal) for another length, or a value that is not finite
  void add(std::span<const double> day);

  /// The lowest row of each set of equal ones, ascending.
  std::vector<std::size_t> representatives() const;

  /// How many points each representative stands for; in their order.
  /// \param of_rows points of each row; empty: one each
  std::vector<std::size_t> counts(std::span<const std::size_t> of_rows = {}) const;

 private:
  std::uint32_t find_or_insert(std::uint32_t row, std::span<const double> day);
  void grow(std::span<const double> day);

  std::vector<std::uint32_t> first_;  ///< of each row: the lowest row equal to it on all days so far
  std::vector<std::uint32_t> next_;   ///< the same with the day that is being added
  std::vector<std::uint32_t> slots_;  ///< open addressing: the first row of each class of the day being added
  std::size_t classes_ = 1;
};

/// Equal rows become one, that of the lowest point; counts are added up.
/// \throws Error (internal) for a shape that does not fit or a value that is not finite
Outcomes distinct(const Outcomes& outcomes);

}  // namespace sorsweep::trust
