/// \file
/// Dice that fall the same everywhere. std::*_distribution may differ between standard libraries, so none is
/// used.
#pragma once

#include <array>
#include <cstdint>

namespace sorsweep::synth {

/// splitmix64 (Steele, Lea, Flood 2014): one step, and a good mixer of keys.
inline std::uint64_t split_mix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

/// xoshiro256** 1.0 (Blackman, Vigna 2018).
///
/// Draws are ordered by the code that asks for them: never put two into one expression, where C++ leaves
/// their order to the compiler.
class Random {
 public:
  explicit Random(std::uint64_t key) {
    for (auto& word : state_) word = split_mix(key);
  }

  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  /// One of 0 … n−1, by multiply and shift: off from even by less than n / 2^64.
  template <class Integer>
  Integer below(Integer n) {
    const auto wide = static_cast<unsigned __int128>(next()) * static_cast<unsigned __int128>(n);
    return static_cast<Integer>(wide >> 64);
  }

  /// True in `hits` of `of` cases.
  bool chance(int hits, int of) { return below(of) < hits; }

 private:
  static std::uint64_t rotate(std::uint64_t x, int bits) { return (x << bits) | (x >> (64 - bits)); }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace sorsweep::synth
