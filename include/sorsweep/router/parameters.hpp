/// \file
/// A point of the grid as a router sees it.
#pragma once

#include <cstddef>
#include <span>

namespace sorsweep {

/// The most parameters that a router can have. Each one is an axis of the grid.
inline constexpr std::size_t kMostParameters = 4;

/// The unit of a parameter. Values are stored as integers in billionths of it.
enum class ParameterUnit {
  dollars,  ///< Dollars per share.
  number,   ///< A plain number.
};

/// The penalties of the routers that come with the program, in dollars per share (Cont & Kukanov, §2; docs/model.md,
/// "The cost that is minimised").
struct Parameters {
  double lambda_over = 0;   ///< λ_o: charged for each share bought beyond the order.
  double lambda_under = 0;  ///< λ_u: charged for each share left unbought.
  double theta_queue = 0;   ///< θ: charged for each share sent.
};

/// The penalties of many points, as columns of equal length.
struct ParameterColumns {
  std::span<const double> lambda_over, lambda_under, theta_queue;
  std::size_t size() const { return lambda_over.size(); }
};

}  // namespace sorsweep
