/// \file
/// The hash of each day's surface, made of the hashes of its rows as they come.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/hash.hpp"

namespace sorsweep {

/// Hashes of rows, added in the order of rows for each day. They are folded at once, so that a day takes a few hundred
/// bytes however many rows it has.
class RowHashes {
 public:
  /// Adds the hashes of a day's next rows. \param day from 0; days begin in order
  void add(std::size_t day, std::span<const Digest> rows);

  /// Returns the hash over all rows of a day.
  Digest digest(std::size_t day) const { return days_[day].hash.digest(); }

  /// Whether the rows differ on any day. If so, the slowest axis is live.
  bool do_rows_differ() const { return do_rows_differ_; }

 private:
  struct Day {
    Hasher hash;
    Digest first;  ///< The hash of its first row.
  };

  std::vector<Day> days_;
  bool do_rows_differ_ = false;
};

}  // namespace sorsweep
