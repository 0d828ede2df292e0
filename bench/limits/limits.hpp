/// \file
/// Measures what this machine can do at most, with loops that do nothing else.
#pragma once

#include <cstddef>
#include <functional>

namespace sorsweep::bench {

/// How long to measure, and on how much memory.
struct Effort {
  double seconds = 0.5;                           ///< for each figure
  std::size_t copy_bytes = std::size_t{1} << 29;  ///< for each of two arrays; more than the last-level cache holds
};

/// Rates of one thread, except for the copy by two. An operation on a vector of four numbers counts as four.
struct Limits {
  double copy_bytes_per_s = 0;  ///< memcpy between large arrays, counting bytes read and bytes written
  double copy_bytes_per_s_2_threads = 0;
  double l1_load_bytes_per_s = 0;  ///< 16 KiB loaded over and over, into vectors
  double l2_load_bytes_per_s = 0;  ///< 512 KiB loaded over and over
  double int_ops_per_s = 0;        ///< additions of int64
  double fma_flops_per_s = 0;      ///< a fused multiply-add counts as two
  double mul_add_flops_per_s =
      0;  ///< multiplications and additions that are not fused, as the program is compiled for the sake of its last bits
};
Limits measure_limits(const Effort& effort);

enum class Clock { thread, wall };

/// Returns how often `run` runs in a second, by the best of the runs that fit `seconds`, which are at least three. The
/// best counts because disturbances can only slow a run. Time during which others have the core does not count, except
/// by the wall clock, which work on several threads needs.
double best_rate(double seconds, const std::function<void()>& run, Clock clock = Clock::thread);

}  // namespace sorsweep::bench
