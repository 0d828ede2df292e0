/// \file
/// Four doubles at a time, as vectors of the compiler. They use AVX2 if the target has it, and two SSE halves
/// otherwise.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace sorsweep {

inline constexpr std::size_t kLanes = 4;

using Lanes4 = double __attribute__((vector_size(32)));
using Mask4 = std::int64_t __attribute__((vector_size(32)));

inline Lanes4 load4(const double* from) {
  Lanes4 lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

inline void store4(double* to, Lanes4 lanes) {
  std::memcpy(to, &lanes, sizeof lanes);
}

inline Lanes4 all4(double value) {
  return Lanes4{value, value, value, value};
}

/// Returns a < b ? a : b in each lane, also where one is NaN. This is one instruction, which GCC does not find by
/// itself.
inline Lanes4 lesser4(Lanes4 a, Lanes4 b) {
#ifdef __AVX2__
  return reinterpret_cast<Lanes4>(_mm256_min_pd(reinterpret_cast<__m256d>(a), reinterpret_cast<__m256d>(b)));
#else
  return a < b ? a : b;
#endif
}

/// Returns a number whose bit i is set if lane i of a comparison is true.
inline unsigned bits4(Mask4 mask) {
#ifdef __AVX2__
  return static_cast<unsigned>(_mm256_movemask_pd(reinterpret_cast<__m256d>(mask)));
#else
  return static_cast<unsigned>((mask[0] & 1) | (mask[1] & 2) | (mask[2] & 4) | (mask[3] & 8));
#endif
}

#ifdef __AVX2__
/// For each set of lanes, the order that moves its members to the front (in pairs of 32-bit halves).
inline constexpr auto kFront4 = [] {
  std::array<std::array<std::int32_t, 8>, 16> table{};
  for (unsigned bits = 0; bits < 16; ++bits) {
    std::size_t to = 0;
    for (int lane = 0; lane < 4; ++lane) {
      if (!(bits >> lane & 1)) continue;
      table[bits][to++] = 2 * lane;
      table[bits][to++] = 2 * lane + 1;
    }
  }
  return table;
}();
#endif

/// Moves the lanes of the set to the front and keeps their order. What follows them is arbitrary.
inline Lanes4 front4(Lanes4 lanes, unsigned bits) {
#ifdef __AVX2__
  const auto order = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kFront4[bits].data()));
  return reinterpret_cast<Lanes4>(_mm256_permutevar8x32_epi32(reinterpret_cast<__m256i>(lanes), order));
#else
  Lanes4 packed = lanes;
  int to = 0;
  for (int lane = 0; lane < 4; ++lane)
    if (bits >> lane & 1) packed[to++] = lanes[lane];
  return packed;
#endif
}

}  // namespace sorsweep
