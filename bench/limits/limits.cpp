#include "limits/limits.hpp"

#include <time.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <thread>
#include <vector>

#ifdef __FMA__
#include <immintrin.h>
#endif

namespace sorsweep::bench {
namespace {

#ifdef __AVX__
constexpr std::size_t kBytes = 32;
#else
constexpr std::size_t kBytes = 16;
#endif
using Integers = std::int64_t __attribute__((vector_size(kBytes)));
using Doubles = double __attribute__((vector_size(kBytes)));
constexpr std::size_t kLanes = kBytes / 8;

double now(Clock clock) {
  timespec time{};
  clock_gettime(clock == Clock::wall ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// The number of sums at a time, which is enough to hide the latency of one: 4 cycles on 2 to 3 ports.
constexpr std::size_t kSums = 12;
constexpr std::size_t kRounds = 200'000;

/// Forces the compiler to hold the value in a register here, and to know nothing about it afterwards.
template <class Vector>
void keep(Vector& value) {
  asm volatile("" : "+x"(value));
}

template <class Vector, class Step>
double vector_steps_per_s(double seconds, const Step& step) {
  std::array<Vector, kSums> sums{};
  return static_cast<double>(kRounds * kSums * kLanes) * best_rate(seconds, [&] {
           auto local = sums;
           for (std::size_t round = 0; round < kRounds; ++round)
             for (auto& sum : local) {
               step(sum);
               keep(sum);
             }
           sums = local;
         });
}

double int_ops_per_s(double seconds) {
  Integers one = Integers{} + 1;
  keep(one);
  return vector_steps_per_s<Integers>(seconds, [=](Integers& sum) { sum += one; });
}

double mul_add_flops_per_s(double seconds) {
  Doubles factor = Doubles{} + 0.5;
  keep(factor);
  return 2 * vector_steps_per_s<Doubles>(seconds, [=](Doubles& sum) { sum = sum * factor + factor; });
}

double fma_flops_per_s(double seconds) {
#ifdef __FMA__
  Doubles factor = Doubles{} + 0.5;
  keep(factor);
  return 2 * vector_steps_per_s<Doubles>(seconds, [=](Doubles& sum) { sum = _mm256_fmadd_pd(sum, factor, factor); });
#else
  return mul_add_flops_per_s(seconds);
#endif
}

double load_bytes_per_s(double seconds, std::size_t bytes) {
  std::vector<Integers> memory(bytes / sizeof(Integers));
  const std::size_t passes = (std::size_t{64} << 20) / bytes;
  return static_cast<double>(passes * bytes) * best_rate(seconds, [&] {
           for (std::size_t pass = 0; pass < passes; ++pass)
             for (std::size_t i = 0; i < memory.size(); i += 8)
               for (std::size_t j = 0; j < 8; ++j) {
                 Integers loaded = memory[i + j];
                 asm volatile("" : : "x"(loaded));
               }
         });
}

double copy_bytes_per_s(const Effort& effort, std::size_t threads) {
  const std::vector<char> from(effort.copy_bytes, 1);
  std::vector<char> to(effort.copy_bytes, 2);
  const auto part = effort.copy_bytes / threads;
  return 2 * static_cast<double>(part * threads) *
         best_rate(
             effort.seconds,
             [&] {
               std::vector<std::jthread> others;
               for (std::size_t t = 1; t < threads; ++t)
                 others.emplace_back([&, t] { std::memcpy(&to[t * part], &from[t * part], part); });
               std::memcpy(to.data(), from.data(), part);
             },
             threads > 1 ? Clock::wall : Clock::thread);
}

}  // namespace

double best_rate(double seconds, const std::function<void()>& run, Clock clock) {
  const auto begin = now(Clock::wall);
  double best = std::numeric_limits<double>::infinity();
  for (int runs = 0; runs < 3 || now(Clock::wall) - begin < seconds; ++runs) {
    const auto start = now(clock);
    run();
    best = std::min(best, now(clock) - start);
  }
  return 1 / best;
}

Limits measure_limits(const Effort& effort) {
  Limits limits;
  limits.copy_bytes_per_s = copy_bytes_per_s(effort, 1);
  limits.copy_bytes_per_s_2_threads = copy_bytes_per_s(effort, 2);
  limits.l1_load_bytes_per_s = load_bytes_per_s(effort.seconds, 16 << 10);
  limits.l2_load_bytes_per_s = load_bytes_per_s(effort.seconds, 512 << 10);
  limits.int_ops_per_s = int_ops_per_s(effort.seconds);
  limits.fma_flops_per_s = fma_flops_per_s(effort.seconds);
  limits.mul_add_flops_per_s = mul_add_flops_per_s(effort.seconds);
  return limits;
}

}  // namespace sorsweep::bench
