// tested by: tests/python/command_line_test.py (avx2)
#include "app/version.hpp"
#include "core/build_info.hpp"
#include "core/error.hpp"

namespace sorsweep {

std::span<const CpuFeature> cpu_features() {
#if defined(__x86_64__)
  static const CpuFeature features[] = {
      {"popcnt", __builtin_cpu_supports("popcnt") != 0}, {"avx2", __builtin_cpu_supports("avx2") != 0},
      {"bmi", __builtin_cpu_supports("bmi") != 0},       {"bmi2", __builtin_cpu_supports("bmi2") != 0},
      {"fma", __builtin_cpu_supports("fma") != 0},       {"avx512f", __builtin_cpu_supports("avx512f") != 0}};
  return features;
#else
  return {};
#endif
}

bool meets_baseline() {
#if defined(__x86_64__)
  if (build_info().baseline != "x86-64-v3") return true;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
#else
  return true;
#endif
}

void check_cpu() {
  if (!meets_baseline())
    throw Error(Exit::resources, "this CPU is older than x86-64-v3", "the program was built for AVX2",
                "build it with -DSORSWEEP_ARCH=x86-64");
}

}  // namespace sorsweep
