/// \file
/// How an array of several dimensions is cut into chunks. Each chunk holds values that follow each other in product
/// order (the last dimension runs fastest), so that an array can be written from its first value to its last without
/// being held in memory.
#pragma once

#include <cstddef>
#include <vector>

namespace sorsweep::h5 {

/// The shape of an array, and of its chunks.
class ArrayLayout {
 public:
  static constexpr std::size_t kMostValuesOfChunk = 65536;

  /// \param shape the lengths of one or more dimensions, none of them 0
  explicit ArrayLayout(std::vector<std::size_t> shape);

  const std::vector<std::size_t>& shape() const { return shape_; }
  /// Returns the shape of a chunk: whole trailing dimensions, a part of one, and single positions of those before it.
  const std::vector<std::size_t>& chunk_shape() const { return chunk_; }
  /// Returns the number of values of the array.
  std::size_t size() const;
  std::size_t chunks() const { return lines_ * chunks_per_line_; }
  std::size_t values_per_chunk() const { return chunk_[cut_] * step_; }

  // A chunk's position in the array, its first value, and how many values it has. The rest of a chunk lies outside the
  // array.
  std::vector<std::size_t> origin(std::size_t chunk) const;
  std::size_t first(std::size_t chunk) const;
  std::size_t count(std::size_t chunk) const;

 private:
  std::vector<std::size_t> shape_, chunk_;
  std::size_t cut_ = 0;    ///< The dimension of which chunks have a part.
  std::size_t step_ = 1;   ///< Distance of neighbours along it, in values.
  std::size_t lines_ = 1;  ///< Number of positions in the dimensions before it.
  std::size_t chunks_per_line_ = 1;
};

}  // namespace sorsweep::h5
