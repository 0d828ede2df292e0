# Sets how our own code is compiled.
add_library(sorsweep_options INTERFACE)
target_compile_options(sorsweep_options INTERFACE -Wall -Wextra -Wconversion -Wshadow)
if(SORSWEEP_WERROR)
  target_compile_options(sorsweep_options INTERFACE -Werror)
endif()

# Fused multiply-add is off. GCC and clang contract a*b+c at x86-64-v3 by default, which would change the last bits of the
# router `notebook` (docs/model-notebook.md, "Floating point").
target_compile_options(sorsweep_options INTERFACE -ffp-contract=off)

# OpenMP is used only for `omp simd` in kernels, because the threads are oneTBB's. So the simd-only flag is enough, and no
# runtime is needed.
target_compile_options(sorsweep_options INTERFACE -fopenmp-simd)

# The baseline is stated, not -march=native, so that one binary serves every node of a mixed cluster.
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
