#include "job/memory_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"
#include "job/saturated.hpp"
#include "sweep/affine_evaluation.hpp"

namespace sorsweep {
namespace {

/// Larger slabs do not fit the caches, and smaller ones repeat the top of the tree. It was measured at 400³ points.
constexpr std::size_t kMostSlabPoints = std::size_t{1} << 20;
constexpr std::size_t kSlabsPerThread = 4;
/// Up to so many points a plan takes no time worth mentioning, and tells all that is needed.
constexpr std::size_t kPlannedWhole = std::size_t{1} << 32;

/// Refuses what does not fit, and names the largest owner.
[[noreturn]] void refuse(std::size_t points, const MemoryNeeds& needs, std::uint64_t budget, bool is_walked) {
  const auto most = std::ranges::max(needs, {}, &MemoryNeed::bytes);
  const auto* advice =
      is_walked ? "take fewer points on the faster axes, fewer days or threads, or give more with --mem"
                : "set run.surfaces: none, take a coarser grid, fewer days or threads, or give more with --mem";
  throw Error(Exit::resources,
              fmt::format("{} points need {} of memory", format_count(points), format_bytes(total(needs))),
              fmt::format("the budget is {}; the largest part is {} for {}", format_bytes(budget),
                          format_bytes(most.bytes), most.owner),
              advice);
}

/// Returns what is needed at the peak, with one day in flight.
MemoryNeeds largest_phase(const PhaseNeeds& needs) {
  return std::ranges::max(
      {needs.fixed + needs.day + needs.placements, needs.summary, needs.results + needs.file, needs.report}, {}, total);
}

/// Limits the days in flight: two per thread keep every thread busy, and more would only hold memory.
std::size_t clamp_days(std::uint64_t fitting, int threads) {
  return std::clamp<std::size_t>(fitting, 1, 2 * static_cast<std::size_t>(threads));
}

}  // namespace

std::uint64_t least_memory(const RunShape& shape, int threads) {
  return total(largest_phase(needs_of(shape, threads)));
}

MemoryPlan plan_memory(const RunShape& shape, const Resources& resources) {
  const auto [threads, budget] = resources;
  const auto needs = needs_of(shape, threads);
  if (const auto phase = largest_phase(needs); total(phase) > budget)
    refuse(shape.sizes.is_shard ? shape.unit_points : shape.grid.size(), phase, budget, shape.is_walked());
  MemoryPlan plan{resources};
  plan.fixed = total(needs.fixed);
  plan.each = total(needs.day);
  plan.placements = total(needs.placements);
  plan.days_in_flight = days_that_fit(plan, 0, 0);
  plan.reducer_slabs = shape.is_walked() ? 1 : kSlabsPerThread * static_cast<std::size_t>(threads);
  const auto days = std::min(plan.days_in_flight, shape.reduce.days);
  plan.later = std::max({total(needs.summary), total(needs.results + needs.file), total(needs.report)});
  plan.file = total(needs.file);
  plan.most_file = budget - total(needs.results);
  plan.peak = std::max(plan.fixed + days * (plan.each + plan.placements), plan.later);
  return plan;
}

std::size_t days_that_fit(const MemoryPlan& plan, std::uint64_t kept, std::uint64_t placements) {
  const auto held = plan.fixed + kept;
  const auto left = plan.resources.memory > held ? plan.resources.memory - held : 0;
  return clamp_days(left / std::max<std::uint64_t>(1, plan.each + std::max(placements, plan.placements)),
                    plan.resources.threads);
}

std::size_t plan_slabs(const RunShape& shape, std::uint64_t contenders, const Resources& resources) {
  const auto& grid = shape.grid;
  const auto held = contenders * kBytesPerContender;
  const auto row = walked_row_bytes(shape, resources.threads);
  const auto least = total(needs_of(shape, resources.threads).summary);
  if (held + least > resources.memory)
    throw Error(Exit::resources,
                fmt::format("the days keep {} placements that can win, which need {} of memory",
                            format_count(contenders), format_bytes(held + least)),
                fmt::format("the budget is {}, and walking the grid takes {} of it", format_bytes(resources.memory),
                            format_bytes(least)),
                "take fewer days, larger lots or fewer venues (venues_max), or give more with --mem");
  const auto rows_by_memory = (resources.memory - held - least) / row + 1;
  const auto rows_by_size = std::max<std::uint64_t>(1, kMostSlabPoints / grid.points_per_row());
  const auto rows = std::min(rows_by_memory, rows_by_size);
  const auto for_all_threads = kSlabsPerThread * static_cast<std::size_t>(resources.threads);
  return std::max<std::size_t>((grid.rows() + rows - 1) / rows, for_all_threads);
}

void check_axes(const Config& config, const Resources& resources) {
  std::size_t values = 0;
  for (const auto& axis : config.grid) values += axis.kind == AxisSpec::Kind::list ? axis.values.size() : axis.points;
  const auto needed = axes_bytes(values, resources.threads);
  if (needed <= resources.memory) return;
  throw Error(Exit::resources,
              fmt::format("the {} values of the axes need {} of memory", format_count(values), format_bytes(needed)),
              fmt::format("the budget is {}", format_bytes(resources.memory)),
              "take fewer points on the longest axis, or give more with --mem");
}

void check_points(const Config& config, const Grid& grid, const Resources& resources) {
  const bool is_walked = config.run.surfaces == KeepSurfaces::none;
  ReduceOptions reduce;
  reduce.is_sliced = is_sliced(config);
  const auto at_a_time = saturated_product({grid.points_per_row(), static_cast<std::uint64_t>(resources.threads)});
  const auto bytes = saturated_product({is_walked ? at_a_time : grid.size(), reduce.bytes_per_point()});
  if (grid.size() > kPlannedWhole && bytes > resources.memory)
    refuse(grid.size(), {{"the sums of the points", bytes}}, resources.memory, is_walked);
}

void check_surfaces(const Config& config, Engine engine) {
  const bool has_contenders = is_sliced(config) && has_candidates(config.slices);
  if (!config.run.metrics.empty() && (!is_sliced(config) || config.run.surfaces == KeepSurfaces::none))
    throw Error(Exit::usage, "run.metrics needs a router that works in slices, and surfaces kept", "",
                "take run.metrics out");
  if (config.run.surfaces != KeepSurfaces::none) return;
  const bool is_affine = !is_sliced(config) || has_contenders;
  if (engine != Engine::collapse || !is_affine)
    throw Error(Exit::usage, "run.surfaces: none needs the collapse, and the solver exact or pool",
                "others decide every point on its own", "set run.surfaces: total");
}

}  // namespace sorsweep
