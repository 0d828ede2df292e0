/// \file
/// What the benchmarks of kernels share: rates by name, hashes in labels, and an error if two paths differ.
#pragma once

#include <benchmark/benchmark.h>

#include <span>
#include <vector>

#include "core/error.hpp"
#include "core/hash.hpp"

namespace sorsweep::bench {

/// Shows this many units per iteration as a rate, by CPU time unless the benchmark uses real time.
inline void rate(benchmark::State& state, const char* unit, std::size_t an_iteration) {
  state.counters[unit] =
      benchmark::Counter(static_cast<double>(an_iteration), benchmark::Counter::kIsIterationInvariantRate);
}

/// Ends the program if a result is wrong, because its timing would mean nothing.
inline void expect(bool holds, const char* what) {
  if (!holds) throw Error(Exit::internal, what);
}

inline void label(benchmark::State& state, const Hasher& hasher) {
  state.SetLabel(hasher.hex().substr(0, 16));
}

template <class T>
void label(benchmark::State& state, const std::vector<T>& result) {
  label(state, Hasher().add_column(std::span<const T>(result)));
}

}  // namespace sorsweep::bench
