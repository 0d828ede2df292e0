// tested by: tests/job/memory_plan_test.cpp (needs_of)
#include "job/memory_needs.hpp"

#include <algorithm>
#include <numeric>

#include "core/hash.hpp"
#include "reduce/outcome_sample.hpp"
#include "reduce/region_cells.hpp"
#include "reduce/walk.hpp"
#include "sweep/affine_evaluation.hpp"

namespace sorsweep {
namespace {

/// Bytes of a row while its day is made ready: the columns, the image of the file, the tape or the books.
constexpr std::uint64_t kBytesPerRow = 256;
/// Bytes of a value of an axis: itself, in dollars, in bins and cells and in results.h5; and what each thread that
/// prunes and walks keeps of it. The first was measured at a million values, the second is exact.
constexpr std::uint64_t kBytesPerValue = 216, kBytesPerValueAndThread = 64;
/// Bytes of the slabs that the surface of a unit is made in, for each of its points.
constexpr std::uint64_t kBytesOfSlabs = 2;
/// A candidate has five coefficients.
constexpr std::uint64_t kBytesPerCandidate = 40;
/// Bytes of a point of a slab that is walked: its surface and what it is made in. The sums come on top.
constexpr std::uint64_t kBytesPerSlabPoint = 16;
/// Bytes of a slice while its day is made ready, beside its samples: book, queues, problem.
constexpr std::uint64_t kBytesPerSlice = 2048;
// What a day leaves until the run ends, measured over 250 days of 10 and of 300 slices: its facts and the few
// placements that win, and for each structural point its facts and its rows in tables.
constexpr std::uint64_t kBytesPerDay = 16'384, kBytesPerSliceOfDay = 640;
constexpr std::uint64_t kBytesPerDayOfSummary = 6'144, kBytesPerSliceOfSummary = 200;
constexpr std::uint64_t kBytesPerRegion = 64;
/// Chunks of results.h5 that are encoded at a time take two of these.
constexpr std::uint64_t kBytesOfChunks = std::uint64_t{16} << 20;

/// Copies of a unit's file while it is read: HDF5 makes its own.
constexpr std::uint64_t kCopiesOfFile = 4;
constexpr const char* kJudged = "the sample of points that is judged";

std::uint64_t columns_of(const RunShape& shape) {
  return shape.reduce.is_sliced ? 1 : 2;
}

/// Returns how many slices a full session has; 0 for routers that do not work in slices.
std::uint64_t slices_of(const Config& config) {
  if (!is_sliced(config)) return 0;
  return static_cast<std::uint64_t>((*config.order.end_ns - *config.order.start_ns) / config.slices.order.slice_ns);
}

/// Returns the most samples that a slice can have: windows begin in the session.
std::uint64_t samples_of(const Config& config) {
  const auto& model = config.slices.model;
  const auto session = *config.order.end_ns - *config.order.start_ns;
  return std::min<std::uint64_t>(model.samples, static_cast<std::uint64_t>(session / model.sample_stride_ns) + 1);
}

bool has_tables(const Config& config) {
  return is_sliced(config) && !config.slices.registered && config.slices.solver == cont_kukanov::Solver::exact;
}

std::uint64_t candidates_of_slice(const Config& config) {
  return cont_kukanov::CandidateTable::count(most_lots_of_a_slice(config), config.slices.model.venues_max);
}

/// Returns the bytes of the tables of placements that are in work at a time, with the fills that they are made from.
std::uint64_t table_bytes(const Config& config, int threads) {
  if (!has_tables(config)) return 0;
  const auto venues = config.slices.model.venues_max;
  const auto lots = static_cast<std::uint64_t>(most_lots_of_a_slice(config));
  const auto fills = (lots + 2) * samples_of(config) * venues * sizeof(std::int32_t);
  return static_cast<std::uint64_t>(threads) *
         (candidates_of_slice(config) * (kBytesPerCandidate + 4 * (venues + 1)) + fills);
}

/// Returns the bytes of the placements that a day keeps by brute force: all of them. Those that the collapse keeps are
/// only known when they are found.
std::uint64_t brute_bytes(const RunShape& shape) {
  if (shape.engine != Engine::brute || shape.sizes.is_finished || !has_tables(shape.config)) return 0;
  return slices_of(shape.config) * candidates_of_slice(shape.config) * kBytesPerContender;
}

std::uint64_t sample_bytes(const Config& config) {
  if (!is_sliced(config)) return 0;
  return slices_of(config) * samples_of(config) * config.slices.model.venues_max * sizeof(std::int64_t);
}

/// Returns what a day takes while it is made ready.
MemoryNeeds ready_needs(const RunShape& shape) {
  return {{"the rows of the longest day", shape.sizes.longest_day * kBytesPerRow},
          {"the samples of a day (model.samples)", sample_bytes(shape.config)},
          {"the slices of a day", slices_of(shape.config) * kBytesPerSlice}};
}

/// Returns what the surface of a day takes, and the file of a unit, which is made in memory.
MemoryNeeds surface_needs(const RunShape& shape) {
  if (shape.is_walked()) return {};
  const auto columns = columns_of(shape);
  const std::uint64_t metrics = shape.config.run.metrics.size();
  const auto kept = shape.sizes.is_shard ? shape.unit_points : shape.grid.size();
  const MemoryNeed surface = {"the surface of a day", 8 * columns * kept + kBytesOfSlabs * shape.unit_points};
  if (shape.sizes.is_finished) return {surface};
  const auto file = columns + metrics + 1;  // and a column that is deflated
  return {surface,
          {"the metrics of a unit (run.metrics)", 8 * metrics * shape.unit_points},
          {"the file of a unit", 8 * file * shape.unit_points}};
}

/// Returns what a day in flight takes: its units are computed, or read from their files.
MemoryNeeds day_needs(const RunShape& shape) {
  auto finished = shape;
  finished.sizes.is_finished = true;
  const MemoryNeeds file = {{"the file of a unit that is read", kCopiesOfFile * shape.sizes.largest_file}};
  const auto read = surface_needs(finished) + file;
  if (shape.sizes.is_finished) return read;
  return std::max(ready_needs(shape) + surface_needs(shape), read,
                  [](const MemoryNeeds& a, const MemoryNeeds& b) { return total(a) < total(b); });
}

/// Returns what all days leave until the run ends.
MemoryNeeds kept_needs(const RunShape& shape) {
  const std::uint64_t days = shape.reduce.days;
  const auto slices = slices_of(shape.config);
  const auto regions = std::min<std::uint64_t>(shape.grid.size(), RegionCells::kMostRegions);
  const auto summary = days * (kBytesPerDayOfSummary + slices * kBytesPerSliceOfSummary) + regions * kBytesPerRegion;
  return {{"the facts of the days", days * (kBytesPerDay + slices * kBytesPerSliceOfDay)},
          {"the summaries of the structural points", shape.structural_points * summary}};
}

std::uint64_t judged_bytes(const RunShape& shape) {
  return shape.reduce.is_sliced ? OutcomeSample::bytes(shape.grid, shape.reduce.days) : 0;
}

MemoryNeeds reduce_needs(const RunShape& shape, int threads) {
  const auto& grid = shape.grid;
  const auto& reduce = shape.reduce;
  if (shape.is_walked())
    return {{"a slab of the grid for each thread", walked_row_bytes(shape, threads)},
            {"the summary of the grid", summary_bytes(grid)}};
  const auto rows_of_unit = std::max<std::size_t>(1, shape.unit_points / grid.points_per_row());
  return {{"the sums of the points", grid.size() * reduce.bytes_per_point()},
          {"the sums of the rows", grid.rows() * reduce.bytes_per_row(grid) + rows_of_unit * sizeof(Digest)},
          {"the summary of the grid", summary_bytes(grid)}};
}

/// Returns what results.h5 takes, which is made in memory: five columns of a sliced router, four of others. They hardly
/// shrink where every point differs from the next.
MemoryNeeds results_needs(const RunShape& shape) {
  if (shape.is_walked()) return {};
  const std::uint64_t points = shape.grid.size();
  return {{"results.h5", 8 * points * (shape.reduce.is_sliced ? 5 : 4) + std::min(16 * points, 2 * kBytesOfChunks)}};
}

}  // namespace

std::uint64_t total(const MemoryNeeds& needs) {
  return std::accumulate(needs.begin(), needs.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const MemoryNeed& need) { return sum + need.bytes; });
}

MemoryNeeds operator+(MemoryNeeds a, const MemoryNeeds& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::uint64_t most_bytes_of_file(const RunShape& shape) {
  if (shape.is_walked()) return 0;
  return 8 * (columns_of(shape) + shape.config.run.metrics.size()) * shape.unit_points;
}

std::uint64_t axes_bytes(std::size_t values, int threads) {
  return values * (kBytesPerValue + kBytesPerValueAndThread * static_cast<std::uint64_t>(threads));
}

std::uint64_t walked_row_bytes(const RunShape& shape, int threads) {
  const auto& reduce = shape.reduce;
  const auto walked = shape.grid.points_per_row() * (kBytesPerSlabPoint + reduce.bytes_per_point());
  const auto waiting = kSlabsAtATime * reduce.bytes_per_row(shape.grid);
  return (walked + waiting + (kSlabsAtATime + 1) * reduce.bytes_of_hashes()) * static_cast<std::uint64_t>(threads);
}

PhaseNeeds needs_of(const RunShape& shape, int threads) {
  std::size_t values = 0;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) values += shape.grid.length(a);
  const MemoryNeeds always = {{"the values of the axes", axes_bytes(values, threads)}};
  const MemoryNeeds tables = {{"the tables of placements", table_bytes(shape.config, threads)}};
  const auto day = day_needs(shape);
  const MemoryNeeds placements = {{"the placements of a day, which brute force keeps", brute_bytes(shape)}};
  if (shape.sizes.is_shard) return {always + tables, day, placements, {}, {}};
  const auto kept = always + kept_needs(shape);
  const std::uint64_t samples = shape.structural_points > 1 ? 2 : 1;  // that of the best point so far
  const MemoryNeeds sample = {{kJudged, samples * judged_bytes(shape)}};
  const MemoryNeeds matrix = {{kJudged, 2 * judged_bytes(shape)}};
  const auto reduce = reduce_needs(shape, threads);
  const auto units = kept + sample + (shape.sizes.is_finished ? MemoryNeeds() : tables);
  return {shape.is_walked() ? units : units + reduce, day, placements, kept + sample + reduce + results_needs(shape),
          kept + matrix + tables + ready_needs(shape)};
}

}  // namespace sorsweep
