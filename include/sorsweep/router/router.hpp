/// \file
/// The routers by name, what a sweep has to know of each, and how a program brings one of its own.
///
/// A router of one's own decides slices, as `cont_kukanov` does, by parameters that it names itself. Config, grid, fees,
/// model, execution, yardsticks, shards, results and report are then those of any router (docs/architecture.md; a whole
/// program: examples/router).
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sorsweep/router/parameters.hpp"
#include "sorsweep/router/slice.hpp"
#include "sorsweep/router/solver.hpp"

namespace sorsweep {

/// One parameter of a router: an axis of the grid, and its key in the config's `grid`.
struct ParameterInfo {
  std::string name;  ///< lower-case letters, digits, _
  ParameterUnit unit = ParameterUnit::dollars;
  bool is_optional = false;  ///< may be left out of a config
};

/// What may be known of a slice when it is decided, at its begin t0. A sell order is seen in a mirror: it buys at prices
/// that are a constant less the market's.
struct SliceView {
  /// S = problem.shares(), in lots; h, f; each queue's Q_k, r_k and samples of its outflow ξ_k, shares.
  const SliceProblem& problem;
  std::span<const std::uint32_t> venues;  ///< publisher of each queue, ascending
  const Book& book;                       ///< of all venues
  TimeNs begin_ns, end_ns;                ///< UTC
};

/// Decides a slice at one point of the grid.
/// \param point values of the router's parameters, in their order: dollars a share, or numbers
/// \return M and L_k ≥ 0 in shares, a limit for each queue; they need not come to S: what is short at the end is bought,
///         what is too much is sold (MODEL §4.2)
///
/// Called from several threads at once, in any order, with some points more than once: it must be a function of its
/// arguments and of nothing else, or results are not those of another run.
using DecideSlice = std::function<Placement(const SliceView&, std::span<const double> point)>;

struct RouterInfo {
  std::string name;
  /// Whether it works an order in slices, with fees and penalties; else it takes what snapshots offer, and no penalty
  /// enters.
  bool is_sliced = true;
  bool has_fees = true;                   ///< whether a config may name fees for it
  std::vector<ParameterInfo> parameters;  ///< one to four: the axes of the grid, the last one runs fastest
  DecideSlice decide;                     ///< of routers that were registered
  int version = 0;  ///< of those too; to be raised whenever decisions change: runs of another version are not resumed
};

/// Ours, then those that were registered, in that order. Elements stay where they are.
const std::deque<RouterInfo>& routers();

/// nullptr for a name that is none.
const RouterInfo* find_router(std::string_view name);

/// Makes a router known to configs by its name. To be called before `run_program`, not from several threads.
/// \throws Error (usage) for a name that is taken or not spelt as a name; for parameters that are none, more than four or
///         alike, or needed behind an optional one; without `decide`, and for one that is not sliced
void register_router(RouterInfo router);

}  // namespace sorsweep
