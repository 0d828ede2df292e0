/// \file
/// One int64 a point, in large pages where the system gives them: scattered additions would miss the TLB otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace sorsweep {

class PointArray {
 public:
  /// All zeros. Memory is kept when it suffices. \throws Error (resources) when it is refused
  void assign_zeros(std::size_t size);

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
