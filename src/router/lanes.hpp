/// \file
/// Small pieces that SIMD kernels share.
#pragma once

#include <bit>
#include <cstdint>

namespace sorsweep {

/// std::min and std::max by value, with their answers for NaN and for equal ones: through references the compiler sees
/// control flow, and no lanes.
inline double lesser(double a, double b) {
  return b < a ? b : a;
}
inline double greater(double a, double b) {
  return a < b ? b : a;
}

/// The conversion of the machine, but for vector lanes: AVX2 has none for 64 bits. Each half becomes the mantissa of a
/// double whose exponent puts it in place; the one sum of both rounds as the conversion does.
inline double as_double(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  const auto low = std::bit_cast<double>((bits & 0xffffffff) | 0x4330000000000000);  // 2^52 + low
  const auto high = std::bit_cast<double>((bits >> 32) ^ 0x4530000080000000);        // 2^84 + 2^63 + high · 2^32
  return (high - (0x1p84 + 0x1p63 + 0x1p52)) + low;
}

}  // namespace sorsweep
