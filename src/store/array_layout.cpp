#include "store/array_layout.hpp"

#include <algorithm>

namespace sorsweep::h5 {

ArrayLayout::ArrayLayout(std::vector<std::size_t> shape) : shape_(std::move(shape)), chunk_(shape_) {
  cut_ = shape_.size() - 1;
  while (cut_ > 0 && step_ * shape_[cut_] <= kMostValuesOfChunk) step_ *= shape_[cut_--];
  for (std::size_t d = 0; d < cut_; ++d) {
    chunk_[d] = 1;
    lines_ *= shape_[d];
  }
  // Chunks are as even as they can be, because the part of a chunk that lies outside the array is written too.
  const auto most = std::max<std::size_t>(1, kMostValuesOfChunk / step_);
  chunks_per_line_ = (shape_[cut_] + most - 1) / most;
  chunk_[cut_] = (shape_[cut_] + chunks_per_line_ - 1) / chunks_per_line_;
  chunks_per_line_ = (shape_[cut_] + chunk_[cut_] - 1) / chunk_[cut_];
}

std::size_t ArrayLayout::size() const {
  return lines_ * shape_[cut_] * step_;
}

std::vector<std::size_t> ArrayLayout::origin(std::size_t chunk) const {
  std::vector<std::size_t> at(shape_.size());
  at[cut_] = chunk % chunks_per_line_ * chunk_[cut_];
  auto line = chunk / chunks_per_line_;
  for (auto d = cut_; d-- > 0; line /= shape_[d]) at[d] = line % shape_[d];
  return at;
}

std::size_t ArrayLayout::first(std::size_t chunk) const {
  const auto line = chunk / chunks_per_line_;
  return (line * shape_[cut_] + chunk % chunks_per_line_ * chunk_[cut_]) * step_;
}

std::size_t ArrayLayout::count(std::size_t chunk) const {
  const auto begin = chunk % chunks_per_line_ * chunk_[cut_];
  return std::min(chunk_[cut_], shape_[cut_] - begin) * step_;
}

}  // namespace sorsweep::h5
