# How our own code is compiled.
add_library(sorsweep_options INTERFACE)
target_compile_options(sorsweep_options INTERFACE -Wall -Wextra -Wconversion -Wshadow)
if(SORSWEEP_WERROR)
  target_compile_options(sorsweep_options INTERFACE -Werror)
endif()

# No fused multiply-add: GCC and clang contract a*b+c at x86-64-v3 by default, and the notebook's last bits
# would be lost (docs/model.md).
target_compile_options(sorsweep_options INTERFACE -ffp-contract=off)

# OpenMP serves `omp simd` in kernels only; threads are oneTBB's, one pool a process. So the simd-only flag
# is used, without a runtime.
target_compile_options(sorsweep_options INTERFACE -fopenmp-simd)

# A stated baseline instead of -march=native: one binary for every node of a mixed cluster.
if(SORSWEEP_ARCH AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(sorsweep_options INTERFACE -march=${SORSWEEP_ARCH})
endif()

if(SORSWEEP_SANITIZE)
  target_compile_options(sorsweep_options INTERFACE -fsanitize=${SORSWEEP_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(sorsweep_options INTERFACE -fsanitize=${SORSWEEP_SANITIZE})
endif()

# oneTBB's flow graph casts between its task types in ways that -fsanitize=vptr cannot follow.
if(SORSWEEP_SANITIZE MATCHES "undefined")
  target_compile_options(sorsweep_options INTERFACE -fno-sanitize=vptr)
endif()

if(SORSWEEP_FUZZ)
  target_compile_options(sorsweep_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
