/// \file
/// The list of routers, and how a program registers its own.
///
/// A registered router decides slices with parameters that it names itself. Everything else works as for
/// `cont_kukanov`: config, grid, fees, model, execution, yardsticks, shards, results and report. docs/architecture.md,
/// "Adding a router", explains it; examples/router is a complete program.
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

/// A parameter of a router: an axis of the grid, and a key under `grid` in the config.
struct ParameterInfo {
  std::string name;  ///< Lower-case letters, digits and underscores.
  ParameterUnit unit = ParameterUnit::dollars;
  bool is_optional = false;  ///< Whether a config may leave it out.
};

/// What a router knows about a slice at its start t0. A sell order is shown as a buy order in mirrored prices (a
/// constant minus the market's price).
struct SliceView {
  /// The order (S = problem.shares()), h, f, and Q_k, r_k and outflow samples of each queue.
  const SliceProblem& problem;
  std::span<const std::uint32_t> venues;  ///< Publisher id of each queue, ascending.
  const Book& book;                       ///< Quotes of all venues at t0.
  TimeNs begin_ns, end_ns;                ///< UTC.
};

/// Decides a slice at one point of the grid.
/// \param point values of the router's parameters in their order, each in dollars per share or as a plain number
/// \return M and one L_k ≥ 0 for each queue, in shares. They need not add up to S: a shortfall is bought and an excess
///         is sold at the end of the slice (docs/model.md, "What really happens").
///
/// The function is called from several threads at once, in any order, and for some points more than once. Its result
/// must depend on its arguments only; otherwise runs are not reproducible.
using DecideSlice = std::function<Placement(const SliceView&, std::span<const double> point)>;

/// What a sweep has to know about a router.
struct RouterInfo {
  std::string name;
  /// Whether the router works the order in slices. One that does not takes what snapshots offer; penalties do not
  /// matter to it.
  bool is_sliced = true;
  bool has_fees = true;                   ///< Whether a config may set fees for it.
  std::vector<ParameterInfo> parameters;  ///< One to four axes of the grid. The last one runs fastest.
  DecideSlice decide;                     ///< Set for registered routers only.
  /// For registered routers: raise it whenever decisions change. Runs of another version are not resumed.
  int version = 0;
};

/// All routers: the built-in ones first, then registered ones in the order of registration. References stay valid.
const std::deque<RouterInfo>& routers();

/// Finds a router by name. \return nullptr if there is none
const RouterInfo* find_router(std::string_view name);

/// Registers a router so that configs can name it. Call it before `run_program`, from one thread.
/// \throws Error (usage) if the name is taken or malformed; if there are no parameters, more than four, two with one
///         name, or a required one after an optional one; if `decide` is missing; if the router is not sliced
void register_router(RouterInfo router);

}  // namespace sorsweep
