/// \file
/// One point of the grid, as a router sees it.
#pragma once

#include <cstddef>
#include <span>

namespace sorsweep {

/// Parameters that a router can have: axes of a grid.
inline constexpr std::size_t kMostParameters = 4;

/// What the values of a parameter are. All are kept as integers of 1e-9 of it.
enum class ParameterUnit {
  dollars,  ///< a share
  number,   ///< of anything
};

/// Penalties of the routers that come with the program, in dollars a share (Cont & Kukanov §2; MODEL §4).
struct Parameters {
  double lambda_over = 0;   ///< λ_o: bought beyond the order
  double lambda_under = 0;  ///< λ_u: left unbought
  double theta_queue = 0;   ///< θ: every share sent
};

/// Many points as columns of one length.
struct ParameterColumns {
  std::span<const double> lambda_over, lambda_under, theta_queue;
  std::size_t size() const { return lambda_over.size(); }
};

}  // namespace sorsweep
