/// \file
/// Sums and products that stay at the largest number instead of wrapping. A plan of memory that wrapped would take the
/// most absurd grid for a small one.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>

namespace sorsweep {

inline constexpr std::uint64_t kSaturated = std::numeric_limits<std::uint64_t>::max();

/// Returns the sum, or kSaturated if it leaves 64 bits.
constexpr std::uint64_t saturated_sum(std::initializer_list<std::uint64_t> terms) {
  std::uint64_t sum = 0;
  for (const auto term : terms)
    if (__builtin_add_overflow(sum, term, &sum)) return kSaturated;
  return sum;
}

/// Returns the product, or kSaturated if it leaves 64 bits. No factor may be 0 behind one that overflows.
constexpr std::uint64_t saturated_product(std::initializer_list<std::uint64_t> factors) {
  std::uint64_t product = 1;
  for (const auto factor : factors)
    if (__builtin_mul_overflow(product, factor, &product)) return kSaturated;
  return product;
}

}  // namespace sorsweep
