/// \file
/// splitmix64 (Steele, Lea, Flood 2014). It mixes keys well, and draws the same numbers with every standard library.
#pragma once

#include <cstdint>

namespace sorsweep {

inline constexpr std::uint64_t kSplitMixStep = 0x9E3779B97F4A7C15U;

/// Takes one step of the generator and returns its draw.
inline std::uint64_t split_mix(std::uint64_t& state) {
  std::uint64_t z = (state += kSplitMixStep);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

/// Returns draw number `index`, counted from 0, of the generator that starts at `seed`, without making those before it.
inline std::uint64_t split_mix_at(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t state = seed + index * kSplitMixStep;
  return split_mix(state);
}

/// Returns the upper 53 bits as a number in [0, 1).
inline double to_unit_interval(std::uint64_t draw) {
  return static_cast<double>(draw >> 11) * 0x1.0p-53;
}

}  // namespace sorsweep
