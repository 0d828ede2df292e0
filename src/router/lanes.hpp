/// \file
/// Small pieces that SIMD kernels share.
#pragma once

namespace sorsweep {

/// std::min and std::max by value, with their answers for NaN and for equal ones: through references the compiler sees
/// control flow, and no lanes.
inline double lesser(double a, double b) {
  return b < a ? b : a;
}
inline double greater(double a, double b) {
  return a < b ? b : a;
}

}  // namespace sorsweep
