/// \file
/// Random numbers that are the same everywhere. The distributions of <random> may differ between standard libraries, so
/// none of them is used.
#pragma once

#include <array>
#include <cstdint>

#include "core/split_mix.hpp"

namespace sorsweep::synth {

/// The generator xoshiro256** 1.0 (Blackman, Vigna 2018).
///
/// The order of the draws decides the results. Never put two draws into one expression: C++ leaves their order to the
/// compiler.
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

  /// Draws one of 0 … n − 1 by multiply and shift. Probabilities are off by less than n / 2^64 of their value.
  template <class Integer>
  Integer below(Integer n) {
    const auto wide = static_cast<unsigned __int128>(next()) * static_cast<unsigned __int128>(n);
    return static_cast<Integer>(wide >> 64);
  }

  /// Returns true with the probability hits / of.
  bool chance(int hits, int of) { return below(of) < hits; }

 private:
  static std::uint64_t rotate(std::uint64_t x, int bits) { return (x << bits) | (x >> (64 - bits)); }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace sorsweep::synth
