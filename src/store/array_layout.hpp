/// \file
/// How an array of several dimensions is cut into chunks: each holds values that follow each other in product order
/// (the last dimension fastest), so that an array can be written from its first value to its last without being held.
#pragma once

#include <cstddef>
#include <vector>

namespace sorsweep::h5 {

class ArrayLayout {
 public:
  static constexpr std::size_t kMostValuesOfChunk = 65536;

  /// \param shape at least one dimension, none of them empty
  explicit ArrayLayout(std::vector<std::size_t> shape);

  const std::vector<std::size_t>& shape() const { return shape_; }
  /// Whole trailing dimensions, a part of one, and single positions of those before.
  const std::vector<std::size_t>& chunk_shape() const { return chunk_; }
  std::size_t size() const;
  std::size_t chunks() const { return lines_ * chunks_per_line_; }
  std::size_t values_per_chunk() const { return chunk_[cut_] * step_; }

  /// Of a chunk: its position in the array, its first value, and how many there are; the rest of it lies outside.
  std::vector<std::size_t> origin(std::size_t chunk) const;
  std::size_t first(std::size_t chunk) const;
  std::size_t count(std::size_t chunk) const;

 private:
  std::vector<std::size_t> shape_, chunk_;
  std::size_t cut_ = 0;    ///< the dimension that chunks have a part of
  std::size_t step_ = 1;   ///< values between neighbours along it
  std::size_t lines_ = 1;  ///< positions in the dimensions before it
  std::size_t chunks_per_line_ = 1;
};

}  // namespace sorsweep::h5
