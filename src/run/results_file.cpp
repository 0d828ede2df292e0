#include "run/results_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/build_info.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/publication.hpp"
#include "core/text.hpp"
#include "run/alone_command.hpp"
#include "store/chunk_codec.hpp"
#include "store/h5.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKind = "sorsweep.results";
constexpr unsigned kDeflateLevel = 1;  // As for units: surfaces are written once, and have long runs of one value.
constexpr const char* kRegions = "regions";

/// A figure of PointTotal that is written as a surface.
struct Figure {
  const char* name;
  double PointTotal::*member;
  const char* unit;
};
constexpr std::array kSlicedFigures = {
    Figure{"slippage_bps_mean", &PointTotal::slippage_bps, "bps of the arrival value, mean over days"},
    Figure{"slippage_bps_std", &PointTotal::std_bps, "bps, standard deviation over days (n - 1)"},
    Figure{"worst_day_bps", &PointTotal::worst_day_bps, "bps, the largest of any day"},
};
constexpr std::array kEventFigures = {
    Figure{"total_cost", &PointTotal::total_cost, "USD, sum over days"},
    Figure{"filled_shares", &PointTotal::filled_shares, "shares, sum over days"},
    Figure{"missing_shares", &PointTotal::missing_shares, "shares, sum over days that did not fill"},
};

/// Returns how many chunks are encoded at a time: enough for all threads, and at most 16 MiB of them.
std::size_t chunks_at_a_time(int threads) {
  return std::min<std::size_t>(32, 4 * static_cast<std::size_t>(threads));
}

/// A file, and the memory that its arrays may take.
class RoomyFile {
 public:
  RoomyFile(h5::Writer& file, const ResultsRoom& room) : file_(file), room_(room) {}

  h5::Writer& file() const { return file_; }
  int threads() const { return room_.threads; }

  /// Takes chunks that are written next. \throws Error (resources) if the room does not hold them
  void take(const std::vector<std::string>& chunks) {
    for (const auto& chunk : chunks) bytes_ += chunk.size();
    if (bytes_ > room_.most)
      throw Error(Exit::resources, fmt::format("results.h5 needs more than {} of memory", format_bytes(bytes_)),
                  fmt::format("the budget has {} for it", format_bytes(room_.most)),
                  "give more with --mem: the units are kept, and the same command goes on with them");
  }

 private:
  h5::Writer& file_;
  const ResultsRoom& room_;
  std::uint64_t bytes_ = 0;
};

std::vector<std::size_t> shape_of(const Grid& grid) {
  std::vector<std::size_t> shape;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) shape.push_back(grid.length(a));
  return shape;
}

const char* objective_unit(const SweepSummary& summary, const std::string& objective) {
  return summary.is_sliced && objective != "total_cost" ? "bps, see the attribute objective" : "USD";
}

/// Writes an array. \param fill gives the values first, first + 1, … as `fill(first, out)`, called from several threads
template <class T, class Fill>
void write_array(RoomyFile& to, const std::string& name, const h5::ArrayLayout& layout, const char* unit,
                 const Fill& fill) {
  const auto encode = [&](std::size_t first, std::size_t last) {
    std::vector<std::string> chunks(last - first);
    parallel_ranges(chunks.size(), 1, [&](std::size_t begin, std::size_t end) {
      std::vector<T> values(layout.values_per_chunk());
      for (auto i = begin; i < end; ++i) {
        const auto inside = std::span(values).first(layout.count(first + i));
        fill(layout.first(first + i), inside);
        std::fill(values.begin() + static_cast<std::ptrdiff_t>(inside.size()), values.end(), T{});
        chunks[i] = chunk::encode(std::as_bytes(std::span(values)), sizeof(T), to.file().deflate_level());
      }
    });
    to.take(chunks);
    return chunks;
  };
  to.file().array<T>(name, layout, unit, chunks_at_a_time(to.threads()), encode);
}

/// Returns the names of the columns that are scales, dimension by dimension.
using Scales = std::vector<std::string>;

void attach(h5::Writer& file, const std::string& array, const Scales& scales) {
  for (std::size_t a = 0; a < scales.size(); ++a) file.attach_scale(array, a, scales[a]);
}

/// Writes the grid's axes, both in dollars and exactly.
Scales write_axes(h5::Writer& file, const Grid& grid) {
  Scales scales;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) {
    const std::string name = grid.name(a);
    file.column(name, std::span(grid.dollars(a)), grid.is_money(a) ? "USD a share" : "1");
    file.column(name + "_nano", std::span(grid.axes()[a].values), grid.is_money(a) ? "1e-9 USD a share" : "1e-9");
    file.make_scale(name, name);
    scales.push_back(name);
  }
  return scales;
}

void write_surfaces(RoomyFile& to, const Grid& grid, const Reducer& reducer, const SweepSummary& summary,
                    const std::string& objective, const Scales& scales) {
  const h5::ArrayLayout layout(shape_of(grid));
  const auto write = [&](const Figure& figure) {
    write_array<double>(to, figure.name, layout, figure.unit,
                        [&](std::size_t first, std::span<double> out) { reducer.figures(figure.member, first, out); });
    attach(to.file(), figure.name, scales);
  };
  if (summary.is_sliced) {
    write_array<Nano>(to, "slippage_nano", layout, "1e-9 USD against the arrival mid, sum over days",
                      [&](std::size_t first, std::span<Nano> out) { reducer.slippage_nano(first, out); });
    attach(to.file(), "slippage_nano", scales);
  }
  std::ranges::for_each(summary.is_sliced ? std::span(kSlicedFigures) : std::span(kEventFigures), write);
  write({"objective", &PointTotal::objective, objective_unit(summary, objective)});
}

/// Writes where the bins of each axis begin.
Scales write_bins(h5::Writer& file, const Grid& grid, const Regions& regions) {
  Scales scales;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) {
    const auto label = fmt::format("{}_begin", grid.name(a));
    scales.push_back(fmt::format("{}/{}", kRegions, label));
    const std::vector<std::int64_t> begin(regions.begin[a].begin(), regions.begin[a].end() - 1);
    file.column(scales.back(), std::span(begin), "position on the axis; a bin ends where the next one begins");
    file.make_scale(scales.back(), label);
  }
  return scales;
}

void write_regions(RoomyFile& to, const Grid& grid, const Regions& regions, const char* unit) {
  to.file().group(kRegions);
  const auto scales = write_bins(to.file(), grid, regions);
  std::vector<std::size_t> shape;
  for (std::size_t a = 0; a < grid.dimensions(); ++a) shape.push_back(regions.bins(a));
  const h5::ArrayLayout layout(shape);
  const auto write = [&]<class T>(const char* name, const std::vector<T>& values, const char* of) {
    const auto path = fmt::format("{}/{}", kRegions, name);
    write_array<T>(to, path, layout, of, [&](std::size_t first, std::span<T> out) {
      std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(first), out.size(), out.begin());
    });
    attach(to.file(), path, scales);
  };
  write("least", regions.least, unit);
  write("mean", regions.mean, unit);
  write("most", regions.most, unit);
  write("best_point", std::vector<std::int64_t>(regions.best_point.begin(), regions.best_point.end()),
        "number of the point; lowest among equals");
}

}  // namespace

std::string results_file_name(const std::string& structural) {
  return fmt::format("results{}.h5", structural_suffix(structural));
}

std::uint64_t bytes_of_chunks(const Grid& grid, int threads) {
  const auto chunk = std::min(grid.size(), h5::ArrayLayout::kMostValuesOfChunk) * sizeof(double);
  // A thread has the values of a chunk, shuffles them and has room for the longest encoding.
  return chunk * (chunks_at_a_time(threads) + 3 * static_cast<std::size_t>(threads));
}

void write_results_file(const fs::path& path, const Grid& grid, const Reducer* reducer, const SweepSummary& summary,
                        const ResultsHeader& header, const ResultsRoom& room) {
  const std::string objective = summary.is_sliced ? header.objective : "total_cost";
  publish(path, [&](NewFile& to) {
    h5::Writer file(kDeflateLevel, room.expected);
    RoomyFile roomy(file, room);
    file.attribute("kind", kKind);
    file.attribute("schema_version", kResultsSchemaVersion);
    file.attribute("program", fmt::format("sorsweep {} ({})", build_info().version, build_info().git_sha));
    file.attribute("run_id", header.run_id);
    file.attribute("result_hash", summary.result_hash);
    file.attribute("objective", objective);
    file.attribute("structural", header.structural);
    const auto scales = write_axes(file, grid);
    if (reducer) write_surfaces(roomy, grid, *reducer, summary, objective, scales);
    if (summary.regions) write_regions(roomy, grid, *summary.regions, objective_unit(summary, objective));
    file.write_sealed(to);
  });
}

}  // namespace sorsweep
