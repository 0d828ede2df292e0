/// \file
/// What every point paid on every day. This is all that the room trust looks at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sorsweep::trust {

/// A matrix of rows × days. A row is a point of the grid, or several points that paid the same on all days.
struct Outcomes {
  std::vector<std::size_t> points;  ///< Number of each row's point in the grid, ascending.
  std::vector<std::size_t> counts;  ///< Number of points that each row stands for. Empty if it is one each.
  std::vector<double> values;       ///< Day d of row r is values[d · rows + r]. All are in one unit; lower is better.

  std::size_t rows() const { return points.size(); }
  std::size_t days() const { return rows() == 0 ? 0 : values.size() / rows(); }
  std::size_t count(std::size_t row) const { return counts.empty() ? 1 : counts[row]; }
  std::span<const double> day(std::size_t d) const { return std::span(values).subspan(d * rows(), rows()); }
  std::vector<double> row(std::size_t r) const;  ///< One value per day.
};

/// A series to compare with, such as a yardstick: one value per day, in the unit of the outcomes.
struct DaySeries {
  std::string name;
  std::vector<double> values;
};

/// Finds rows that are equal on all days. It takes one day at a time, so only one day has to be in memory.
///
///     RowMerger merger(points);
///     for (each day) merger.add(column);
///     merger.representatives();  // ascending; then collect their values in a second pass over the days
class RowMerger {
 public:
  /// \throws Error (internal) for 2^32 − 1 rows or more
  explicit RowMerger(std::size_t rows);

  /// Adds a day. \param day one value per row; −0 equals 0
  /// \throws Error (internal) if the length is wrong or a value is not finite
  void add(std::span<const double> day);

  /// The lowest row of each set of equal rows, ascending.
  std::vector<std::size_t> representatives() const;

  /// The number of points that each representative stands for, in their order. \param of_rows points of each row;
  /// empty for one each
  std::vector<std::size_t> counts(std::span<const std::size_t> of_rows = {}) const;

 private:
  std::uint32_t find_or_insert(std::uint32_t row, std::span<const double> day);
  void grow(std::span<const double> day);

  std::vector<std::uint32_t> first_;  ///< For each row the lowest row that equals it on all days so far.
  std::vector<std::uint32_t> next_;   ///< As first_, with the day that is being added.
  std::vector<std::uint32_t> slots_;  ///< A hash table with open addressing: the first row of each class.
  std::size_t classes_ = 1;
};

/// Merges equal rows into the one with the lowest point and adds up their counts. It works in place: a matrix that is
/// moved in is not copied.
/// \throws Error (internal) if the shape is inconsistent or a value is not finite
Outcomes distinct(Outcomes outcomes);

}  // namespace sorsweep::trust
