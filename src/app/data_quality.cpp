#include "app/data_quality.hpp"

#include <mutex>

#include "app/day_loader.hpp"
#include "sorsweep/core/error.hpp"
#include "sorsweep/sweep/graph.hpp"
#include "sorsweep/sweep/parallel.hpp"

namespace sorsweep {
namespace {

Grid only_point(const Grid& grid, std::size_t point) {
  GridBox box{grid.index(point), grid.index(point)};
  for (auto& last : box.last) ++last;
  return grid.part(box);
}

/// One day at the one point.
struct Recosted {
  FlaggedRows removed;
  double slippage_bps = 0;
  double total_cost = 0, filled_shares = 0;
  bool has_traded = false;
};

/// \param hdf5 has one lock
Recosted recost(const Config& config, const Grid& point, const DayKey& key, std::mutex& hdf5) {
  Recosted result;
  auto day = [&] {
    const std::lock_guard lock(hdf5);
    return load_whole_day(config, key);
  }();
  result.removed = remove_flagged(day.quotes);
  const auto backtest = make_backtest(config, point);
  const auto evaluation = backtest->prepare(std::move(day), Engine::collapse);
  auto surface = make_surface(1, is_sliced(config));
  evaluation->evaluate({0, 1}, slab_of(surface, 0, 1));
  const auto& slices = evaluation->facts().slices;
  if (is_sliced(config)) {
    result.has_traded = slices.shares() > 0;
    if (result.has_traded)
      result.slippage_bps = static_cast<double>(surface.slippage[0] + slices.drift) * bps_per_nano(slices);
    return result;
  }
  result.total_cost = surface.total_cost[0];
  result.filled_shares = surface.filled_shares[0];
  result.has_traded = result.filled_shares > 0;
  return result;
}

DataQuality add_up(const std::vector<Recosted>& days, const SweepSummary& summary) {
  DataQuality quality;
  double traded = 0, bps = 0, cost = 0, shares = 0;
  for (const auto& day : days) {
    quality.removed += day.removed;
    traded += day.has_traded;
    bps += day.slippage_bps;
    cost += day.total_cost;
    shares += day.filled_shares;
  }
  if (traded == 0) {
    quality.skipped = "no day trades without them";
  } else if (summary.is_sliced) {
    quality.slippage_bps = bps / traded;
    quality.difference_bps = quality.slippage_bps - summary.best.slippage_bps;
  } else {
    const double price = summary.best.avg_price();
    quality.difference_bps = price > 0 ? 1e4 * (cost / shares - price) / price : 0;
  }
  return quality;
}

}  // namespace

std::string why_no_store(const SweepJob& job) {
  try {
    const auto content = read_run(job.folder.path()).content();
    for (const auto& header : check_days(job.config(), job.units))
      if (header.content != content.at(to_string(header.key))) return "the store has changed since the run";
  } catch (const Error&) {
    return "the store is not at hand";
  }
  return "";
}

DataQuality recost_without_flagged(const SweepJob& job, const SweepResults& results) {
  const auto& config = job.variants[results.best_variant];
  DataQuality quality;
  quality.skipped = why_no_store(job);
  if (!quality.skipped.empty()) return quality;
  const auto point = only_point(job.grid, results.best().best.point);
  std::vector<Recosted> days(job.units.size());
  std::mutex hdf5;
  in_arena(job.manifest.threads, [&] {
    parallel_ranges(days.size(), 1, [&](std::size_t first, std::size_t last) {
      for (auto d = first; d < last; ++d) days[d] = recost(config, point, job.units[d], hdf5);
    });
  });
  return add_up(days, results.best());
}

}  // namespace sorsweep
