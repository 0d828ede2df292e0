// tested by: tests/collapse/collapse_test.cpp (surface)
#include "collapse/point_array.hpp"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>

#include "core/error.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20;

}  // namespace

void PointArray::Free::operator()(std::int64_t* data) const noexcept {
  std::free(data);
}

void PointArray::assign_zeros(std::size_t size) {
  if (size > capacity_ || !data_) {
    const auto bytes = (size * sizeof(std::int64_t) / kLargePage + 1) * kLargePage;
    data_.reset();
    capacity_ = 0;
    data_.reset(static_cast<std::int64_t*>(std::aligned_alloc(kLargePage, bytes)));
    if (!data_)
      throw Error(Exit::resources, fmt::format("no memory for a surface of {} points", size),
                  fmt::format("{} bytes were refused", bytes), "take a coarser grid, or surfaces: none");
    madvise(data_.get(), bytes, MADV_HUGEPAGE);  // only advice: small pages work as well
    capacity_ = bytes / sizeof(std::int64_t);
  }
  size_ = size;
  std::fill_n(data_.get(), size, 0);
}

}  // namespace sorsweep
