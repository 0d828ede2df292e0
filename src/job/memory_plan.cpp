#include "job/memory_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"
#include "reduce/walk.hpp"

namespace sorsweep {
namespace {

/// Bytes of a row while its day is made ready: the columns, the image of the file, the tape or the books.
constexpr std::uint64_t kBytesPerRow = 256;
/// Bytes of a point of a surface and of the slabs that it is made in.
constexpr std::uint64_t kBytesPerPoint = 16;
/// Bytes of a point of results.h5, which is made in memory once no unit is in flight: five columns, deflated. The
/// measured value is 20 after three days; noise would take 40.
constexpr std::uint64_t kBytesPerPointOfResults = 28;
/// Bytes of a point of a slab that is walked: its surface and what it is made in. The sums come on top.
constexpr std::uint64_t kBytesPerSlabPoint = 16;
/// Larger slabs do not fit the caches, and smaller ones repeat the top of the tree. It was measured at 400³ points.
constexpr std::size_t kMostSlabPoints = std::size_t{1} << 20;
constexpr std::size_t kSlabsPerThread = 4;
/// A candidate has five coefficients.
constexpr std::uint64_t kBytesPerCandidate = 40;
/// A contender has coefficients and fills, and its coefficients again while they are walked. Columns grow by doubling.
constexpr std::uint64_t kBytesPerContender = 160;

[[noreturn]] void refuse(std::size_t points, std::uint64_t needed, std::uint64_t budget, const char* advice) {
  throw Error(Exit::resources, fmt::format("{} points need {} of memory", format_count(points), format_bytes(needed)),
              fmt::format("the budget is {}", format_bytes(budget)), advice);
}

/// Limits the days in flight: two per thread keep every thread busy, and more would only hold memory.
std::size_t clamp_days(std::uint64_t fitting, int threads) {
  return std::clamp<std::size_t>(fitting, 1, 2 * static_cast<std::size_t>(threads));
}

/// Returns the bytes of one row of all slabs that are walked at a time, one per thread, and of those that wait to be
/// put together.
std::uint64_t walked_row_bytes(const Grid& grid, const ReduceOptions& reduce, int threads) {
  const auto walked = grid.points_per_row() * (kBytesPerSlabPoint + reduce.bytes_per_point());
  return (walked + kSlabsAtATime * reduce.bytes_per_row(grid)) * static_cast<std::uint64_t>(threads);
}

MemoryPlan plan_ready_days(const Grid& grid, const ReduceOptions& reduce, std::uint64_t day,
                           const Resources& resources) {
  const auto least = std::max(day, walked_row_bytes(grid, reduce, resources.threads)) + summary_bytes(grid);
  if (least > resources.memory)
    refuse(grid.size(), least, resources.memory, "take fewer points on the faster axes, or give more with --mem");
  return {resources, clamp_days(resources.memory / day, resources.threads), 1};
}

/// Returns the bytes of the tables of placements that are in work at a time, with the fills that they are made from.
std::uint64_t table_bytes(const Config& config, int threads) {
  if (!is_sliced(config) || config.slices.registered || config.slices.solver != cont_kukanov::Solver::exact) return 0;
  const auto lots = most_lots_of_a_slice(config);
  const auto venues = config.slices.model.venues_max;
  const auto candidates = cont_kukanov::CandidateTable::count(lots, venues);
  const auto fills =
      (static_cast<std::uint64_t>(lots) + 1) * config.slices.model.samples * venues * sizeof(std::int32_t);
  return static_cast<std::uint64_t>(threads) * (candidates * (kBytesPerCandidate + 4 * (venues + 1)) + fills);
}

/// Returns the bytes of a point of a unit until the unit is published.
std::uint64_t bytes_per_point(const Config& config) {
  return kBytesPerPoint + config.run.metrics.size() * sizeof(std::int64_t);
}

/// Returns the bytes of a day while it is made ready.
std::uint64_t bytes_of_day(const Config& config, std::size_t rows, int threads) {
  return std::max<std::uint64_t>(1, rows * kBytesPerRow + table_bytes(config, threads));
}

}  // namespace

MemoryPlan plan_shard_memory(const Config& config, std::size_t points, std::size_t longest_day,
                             const Resources& resources) {
  const auto budget = resources.memory;
  const bool is_walked = config.run.surfaces == KeepSurfaces::none;
  const auto each =
      bytes_of_day(config, longest_day, resources.threads) + (is_walked ? 0 : points * bytes_per_point(config));
  if (each > budget)
    refuse(points, each, budget, "set run.surfaces: none, take a coarser grid, or give more with --mem");
  return {resources, clamp_days(budget / each, resources.threads), 1};
}

MemoryPlan plan_memory(const Config& config, const Grid& grid, const ReduceOptions& reduce, std::size_t longest_day,
                       const Resources& resources) {
  const auto [threads, budget] = resources;
  const auto day = bytes_of_day(config, longest_day, threads);
  if (config.run.surfaces == KeepSurfaces::none) return plan_ready_days(grid, reduce, day, resources);
  const auto fixed =
      grid.size() * reduce.bytes_per_point() + grid.rows() * reduce.bytes_per_row(grid) + summary_bytes(grid);
  const auto each = grid.size() * bytes_per_point(config) + day;
  const auto least = fixed + std::max<std::uint64_t>(each, grid.size() * kBytesPerPointOfResults);
  if (least > budget)
    refuse(grid.size(), least, budget, "set run.surfaces: none, take a coarser grid, or give more with --mem");
  return {resources, clamp_days((budget - fixed) / each, threads), kSlabsPerThread * static_cast<std::size_t>(threads)};
}

std::size_t plan_slabs(const Grid& grid, const ReduceOptions& reduce, std::uint64_t contenders,
                       const Resources& resources) {
  const auto [threads, budget] = resources;
  const auto held = contenders * kBytesPerContender;
  const auto row = walked_row_bytes(grid, reduce, threads);
  const auto summary = summary_bytes(grid);
  const auto least = row + summary;
  if (held + least > budget)
    throw Error(
        Exit::resources,
        fmt::format("the days keep {} placements that can win, {} of memory", format_count(contenders),
                    format_bytes(held)),
        fmt::format("the budget is {}, and walking the grid takes {}", format_bytes(budget), format_bytes(least)),
        "take fewer days, larger lots or fewer venues (venues_max), or give more with --mem");
  const auto rows_by_memory = (budget - held - summary) / row;
  const auto rows_by_size = std::max<std::uint64_t>(1, kMostSlabPoints / grid.points_per_row());
  const auto rows = std::min(rows_by_memory, rows_by_size);
  const auto for_all_threads = kSlabsPerThread * static_cast<std::size_t>(threads);
  return std::max<std::size_t>((grid.rows() + rows - 1) / rows, for_all_threads);
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
