// Calls registered routers and checks what they return.
#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

/// The most shares of one order. Their cost fits 64 bits at any market price.
constexpr std::int64_t kMostShares = std::int64_t{1} << 31;

[[noreturn]] void refuse(const RouterInfo& router, const std::string& what) {
  throw Error(Exit::internal, fmt::format("the router {} {}", router.name, what), "",
              "fix its `decide`; include/sorsweep/router/router.hpp says what it must return");
}

void check(const RouterInfo& router, const Placement& placement, std::size_t queues) {
  if (placement.limits.size() != queues)
    refuse(router, fmt::format("returned {} limit orders for {} queues", placement.limits.size(), queues));
  const auto is_size = [](std::int64_t shares) { return shares >= 0 && shares <= kMostShares; };
  if (!is_size(placement.market) || !std::ranges::all_of(placement.limits, is_size))
    refuse(router, fmt::format("returned an order of a negative size or of more than {} shares", kMostShares));
}

}  // namespace

Placement decide_by(const RouterInfo& router, const SliceCase& slice, std::span<const double> point) {
  const SliceView view{slice.problem, slice.venues, slice.book, slice.plan.begin_ns, slice.plan.end_ns};
  Placement placement;
  try {
    placement = router.decide(view, point);
  } catch (const std::exception& error) {
    refuse(router, fmt::format("failed: {}", error.what()));
  }
  check(router, placement, slice.problem.queues.size());
  return placement;
}

}  // namespace sorsweep
