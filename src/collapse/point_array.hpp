/// \file
/// An array with one int64 per point, in large pages if the system grants them. With small pages, scattered additions
/// would miss the TLB.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace sorsweep {

/// One int64 for each point of a slab.
class PointArray {
 public:
  /// Becomes `size` zeros. Memory that suffices is kept. \throws Error (resources) if memory is refused
  void assign_zeros(std::size_t size);

  /// Returns the values of all points, in product order.
  std::span<std::int64_t> values() { return {data_.get(), size_}; }

 private:
  struct Free {
    void operator()(std::int64_t* data) const noexcept;
  };
  std::unique_ptr<std::int64_t, Free> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace sorsweep
