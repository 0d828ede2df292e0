#include "app/cpu_check.hpp"

#include "sorsweep/core/build_info.hpp"
#include "sorsweep/core/error.hpp"

namespace sorsweep {

void check_cpu() {
#if defined(__x86_64__)
  if (build_info().baseline != "x86-64-v3") return;
  const bool has_all = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                       __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
                       __builtin_cpu_supports("popcnt");
  if (!has_all)
    throw Error(Exit::resources, "this CPU is older than x86-64-v3", "the program was built for AVX2",
                "build it with -DSORSWEEP_ARCH=x86-64");
#endif
}

}  // namespace sorsweep
