// tested by: tests/job/memory_plan_test.cpp (needs_of)
#include "job/memory_needs.hpp"

#include <algorithm>

#include "core/hash.hpp"
#include "job/saturated.hpp"
#include "reduce/outcome_sample.hpp"
#include "reduce/region_cells.hpp"
#include "reduce/walk.hpp"
#include "run/results_file.hpp"
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
/// Bytes of a value in results.h5. Of the planes of bytes that a chunk is shuffled into, at least that of signs and
/// exponents shrinks to next to nothing; write_results_file refuses what takes more.
constexpr std::uint64_t kBytesPerFigure = 7;
/// Bytes of results.h5 that do not depend on its points: heads of datasets and of chunks.
constexpr std::uint64_t kBytesOfFile = 65'536;

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
  const std::uint64_t venues = config.slices.model.venues_max;
  const auto lots = static_cast<std::uint64_t>(most_lots_of_a_slice(config));
  const auto fills = saturated_product({lots + 2, samples_of(config), venues, sizeof(std::int32_t)});
  const auto table = saturated_product({candidates_of_slice(config), kBytesPerCandidate + 4 * (venues + 1)});
  return saturated_product({static_cast<std::uint64_t>(threads), saturated_sum({table, fills})});
}

/// Returns the bytes of the placements that a day keeps by brute force: all of them. Those that the collapse keeps are
/// only known when they are found.
std::uint64_t brute_bytes(const RunShape& shape) {
  if (shape.engine != Engine::brute || shape.sizes.is_finished || !has_tables(shape.config)) return 0;
  return saturated_product({slices_of(shape.config), candidates_of_slice(shape.config), kBytesByBruteForce});
}

std::uint64_t sample_bytes(const Config& config) {
  return saturated_product(
      {slices_of(config), samples_of(config), config.slices.model.venues_max, sizeof(std::int64_t)});
}

/// Returns what the slices of a day take while they are decided.
MemoryNeeds slice_needs(const Config& config) {
  if (!is_sliced(config)) return {};
  return {{"the samples of a day (model.samples)", sample_bytes(config)},
          {"the slices of a day", saturated_product({slices_of(config), kBytesPerSlice})}};
}

/// Returns what a day takes while it is made ready. Its rows are gone when its slices are evaluated.
MemoryNeeds ready_needs(const RunShape& shape) {
  const MemoryNeeds rows = {
      {"the rows of the longest day", saturated_product({shape.sizes.longest_day, kBytesPerRow})}};
  return rows + slice_needs(shape.config);
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

/// Returns what a day takes while its units are evaluated. Without candidates each point is decided from the slices, or
/// by brute force from all events.
MemoryNeeds evaluation_needs(const RunShape& shape) {
  const auto surface = surface_needs(shape);
  if (!is_sliced(shape.config)) return shape.engine == Engine::brute ? surface + ready_needs(shape) : surface;
  return has_candidates(shape.config.slices) ? surface : surface + slice_needs(shape.config);
}

bool is_less(const MemoryNeeds& a, const MemoryNeeds& b) {
  return total(a) < total(b);
}

/// Returns what a day in flight takes: its units are computed, or read from their files.
MemoryNeeds day_needs(const RunShape& shape) {
  auto finished = shape;
  finished.sizes.is_finished = true;
  const MemoryNeeds file = {
      {"the file of a unit that is read", saturated_product({kCopiesOfFile, shape.sizes.largest_file})}};
  const auto read = surface_needs(finished) + file;
  if (shape.sizes.is_finished) return read;
  return std::max({ready_needs(shape), evaluation_needs(shape), read}, is_less);
}

std::uint64_t regions_of(const RunShape& shape) {
  return std::min<std::uint64_t>(shape.grid.size(), RegionCells::kMostRegions);
}

/// Returns what all days leave until the run ends.
MemoryNeeds kept_needs(const RunShape& shape) {
  const std::uint64_t days = shape.reduce.days;
  const auto slices = slices_of(shape.config);
  const auto summary =
      days * (kBytesPerDayOfSummary + slices * kBytesPerSliceOfSummary) + regions_of(shape) * kBytesPerRegion;
  return {{"the facts of the days", days * (kBytesPerDay + slices * kBytesPerSliceOfDay)},
          {"the summaries of the structural points", saturated_product({shape.structural_points, summary})}};
}

std::uint64_t judged_bytes(const RunShape& shape) {
  return shape.reduce.is_sliced ? OutcomeSample::bytes(shape.grid, shape.reduce.days) : 0;
}

/// Returns what the sums over days take from the first day until results.h5 is written.
MemoryNeeds sum_needs(const RunShape& shape) {
  if (shape.is_walked()) return {};
  const auto rows_of_unit = std::max<std::size_t>(1, shape.unit_points / shape.grid.points_per_row());
  return {{"the sums of the points", shape.grid.size() * shape.reduce.bytes_per_point()},
          {"the hashes of a unit's rows", rows_of_unit * sizeof(Digest)}};
}

/// Returns what turning sums into a summary takes, beside the sums, or walking the grid.
MemoryNeeds summary_needs(const RunShape& shape, int threads) {
  const auto& grid = shape.grid;
  const MemoryNeed summary = {"the summary of the grid", summary_bytes(grid, shape.is_walked())};
  if (shape.is_walked()) return {{"a slab of the grid for each thread", walked_row_bytes(shape, threads)}, summary};
  return {{"the sums of the rows", saturated_product({grid.rows(), shape.reduce.bytes_per_row(grid)})}, summary};
}

/// Returns what results.h5 takes, which is made in memory: four figures of each region, and for each point five of a
/// sliced router, four of others.
MemoryNeeds file_needs(const RunShape& shape) {
  const auto figures = shape.is_walked() ? 0 : shape.reduce.is_sliced ? 5 : 4;
  return {{"results.h5", kBytesOfFile + 8 * 4 * regions_of(shape) + kBytesPerFigure * figures * shape.grid.size()}};
}

}  // namespace

std::uint64_t total(const MemoryNeeds& needs) {
  std::uint64_t sum = 0;
  for (const auto& need : needs) sum = saturated_sum({sum, need.bytes});
  return sum;
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
  const auto each = kBytesPerValue + kBytesPerValueAndThread * static_cast<std::uint64_t>(threads);
  return saturated_product({values, each});
}

std::uint64_t walked_row_bytes(const RunShape& shape, int threads) {
  const auto& reduce = shape.reduce;
  const auto walked = saturated_product({shape.grid.points_per_row(), kBytesPerSlabPoint + reduce.bytes_per_point()});
  const auto waiting = saturated_product({kSlabsAtATime, reduce.bytes_per_row(shape.grid)});
  const auto each = saturated_sum({walked, waiting, (kSlabsAtATime + 1) * reduce.bytes_of_hashes()});
  return saturated_product({each, static_cast<std::uint64_t>(threads)});
}

PhaseNeeds needs_of(const RunShape& shape, int threads) {
  std::size_t values = 0;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) values += shape.grid.length(a);
  const MemoryNeeds always = {{"the values of the axes", axes_bytes(values, threads)}};
  const MemoryNeeds tables = {{"the tables of placements", table_bytes(shape.config, threads)}};
  PhaseNeeds needs;
  needs.day = day_needs(shape);
  needs.placements = {{"the placements of a day, which brute force keeps", brute_bytes(shape)}};
  needs.fixed = always + tables;
  if (shape.sizes.is_shard) return needs;
  const auto kept = always + kept_needs(shape);
  const std::uint64_t samples = shape.structural_points > 1 ? 2 : 1;  // that of the best point so far
  const MemoryNeeds sample = {{kJudged, samples * judged_bytes(shape)}};
  const MemoryNeeds matrix = {{kJudged, 2 * judged_bytes(shape)}};
  const auto reduced = kept + sample + sum_needs(shape);
  needs.fixed = reduced + (shape.sizes.is_finished ? MemoryNeeds() : tables);
  needs.summary = reduced + summary_needs(shape, threads);
  needs.results = reduced + MemoryNeeds{{"the chunks of results.h5", bytes_of_chunks(shape.grid, threads)}};
  needs.file = file_needs(shape);
  needs.report = kept + matrix + tables + ready_needs(shape);
  return needs;
}

}  // namespace sorsweep
