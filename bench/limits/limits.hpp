/// \file
/// What this machine can do at most, measured on the spot by loops that do nothing else.
#pragma once

#include <cstddef>
#include <functional>

namespace sorsweep::bench {

/// How long to measure, and on how much memory.
struct Effort {
  double seconds = 0.5;                           ///< of each figure
  std::size_t copy_bytes = std::size_t{1} << 29;  ///< of each of two arrays: more than the last cache has
};

/// Rates of one thread, but for the copy by two. An operation is one number's: a vector of four counts four.
struct Limits {
  double copy_bytes_per_s = 0;  ///< memcpy between large arrays, read and written counted
  double copy_bytes_per_s_2_threads = 0;
  double l1_load_bytes_per_s = 0;  ///< 16 KiB over and over, into vectors
  double l2_load_bytes_per_s = 0;  ///< 512 KiB
  double int_ops_per_s = 0;        ///< additions of int64
  double fma_flops_per_s = 0;      ///< two for each fused multiply-add
  double mul_add_flops_per_s = 0;  ///< the same not fused: the program is compiled so, for the sake of its last bits
};
Limits measure_limits(const Effort& effort);

enum class Clock { thread, wall };

/// Runs of `run` in a second: the best of the runs that fit `seconds`, at least three. What disturbs a run slows it; that
/// others have the core meanwhile does not count, unless by the wall clock, which work of several threads needs.
double best_rate(double seconds, const std::function<void()>& run, Clock clock = Clock::thread);

}  // namespace sorsweep::bench
