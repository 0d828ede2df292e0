/// \file
/// Small functions that SIMD kernels share.
#pragma once

#include <bit>
#include <cstdint>

namespace sorsweep {

/// std::min by value, with the same result for NaN and for equal arguments. With references GCC sees control flow and
/// does not vectorise.
inline double lesser(double a, double b) {
  return b < a ? b : a;
}

/// std::max by value.
inline double greater(double a, double b) {
  return a < b ? b : a;
}

/// Converts an int64 exactly as the machine does, in vector lanes; AVX2 has no such instruction. Each 32-bit half
/// becomes the mantissa of a double whose exponent puts it in place. Their sum rounds once, as the conversion does.
inline double as_double(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  const auto low = std::bit_cast<double>((bits & 0xffffffff) | 0x4330000000000000);  // 2^52 + low
  const auto high = std::bit_cast<double>((bits >> 32) ^ 0x4530000080000000);        // 2^84 + 2^63 + high · 2^32
  return (high - (0x1p84 + 0x1p63 + 0x1p52)) + low;
}

}  // namespace sorsweep
