#include "job/data_quality.hpp"

#include <fmt/format.h>

#include <mutex>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "job/day_loader.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

/// Every day would be read once more, by one process: an even choice of many days says as much.
constexpr std::size_t kMostDays = 250;

/// What the best point comes to on a day: bps against the arrival mid, or the average price; nothing without a trade.
using Figure = std::optional<double>;

class Recost {
 public:
  Recost(const SweepJob& job, const SweepResults& results)
      : job_(job), config_(job.variants[results.best_structural_point]), summary_(results.best()) {}

  struct Day {
    FlaggedRows removed;
    Figure before, after;
  };

  Day day(std::size_t d) {
    auto data = load(d);
    Day result;
    auto clean = data;
    result.removed = remove_flagged(clean.quotes);
    if (result.removed.all() == 0) return result;
    result.before = known(d);
    if (!result.before) result.before = figure(std::move(data));
    result.after = figure(std::move(clean));
    return result;
  }

  bool is_sliced() const { return summary_.is_sliced; }

 private:
  DayData load(std::size_t d) {
    const std::lock_guard lock(hdf5_);  // it has one
    return load_whole_day(config_, job_.days[d]);
  }

  /// What the sweep found.
  Figure known(std::size_t d) const {
    const auto& slices = summary_.days[d].facts.slices;
    if (summary_.at_best.empty() || slices.shares() == 0) return std::nullopt;
    return static_cast<double>(summary_.at_best[d].slippage) * bps_per_nano(slices);
  }

  Figure figure(DayData&& day) const { return is_sliced() ? sliced(std::move(day)) : event(std::move(day)); }

  /// Decided as in the sweep: the whole grid says what is cold, and where `pool` looks.
  Figure sliced(DayData&& day) const {
    const auto made = make_slice_cases(day, config_.slices, job_.grid);
    if (made.facts.shares() == 0) return std::nullopt;
    const auto at = job_.grid.values(summary_.best.point);
    Nano slippage = made.facts.drift;
    for (const auto& slice : made.cases) {
      const auto decision = decide(slice, config_.slices, job_.grid, at);
      slippage += slice.execute(decision.placement.market, decision.placement.limits).slippage;
    }
    return static_cast<double>(slippage) * bps_per_nano(made.facts);
  }

  Figure event(DayData&& day) const {
    const auto backtest = make_backtest(config_, job_.grid);  // their results do not depend on the point
    const auto evaluation = backtest->prepare(std::move(day), Engine::collapse);
    auto surface = make_surface(job_.grid.points_per_row(), false);
    evaluation->evaluate({0, 1}, writable_rows_of(surface, 0, surface.size()));
    if (surface.filled_shares[0] <= 0) return std::nullopt;
    return surface.total_cost[0] / surface.filled_shares[0];
  }

  const SweepJob& job_;
  const Config& config_;
  const SweepSummary& summary_;
  std::mutex hdf5_;
};

/// Days that trade both ways, each against itself: days that go do not enter.
DataQuality add_up(const std::vector<Recost::Day>& days, bool is_sliced) {
  DataQuality quality;
  quality.days_looked_at = days.size();
  double compared = 0;
  double sum = 0;
  for (const auto& day : days) {
    quality.removed += day.removed;
    if (day.before && !day.after) ++quality.days_lost;
    const bool is_untouched = day.removed.all() == 0;
    if (!is_untouched && !(day.before && day.after)) continue;
    ++compared;
    if (!is_untouched) sum += is_sliced ? *day.after - *day.before : 1e4 * (*day.after - *day.before) / *day.before;
  }
  if (compared == 0)
    quality.skipped = "no day trades without them";
  else
    quality.difference_bps = sum / compared;
  return quality;
}

}  // namespace

std::string why_no_store(const SweepJob& job) {
  try {
    const auto record = read_run(job.folder.path());
    const auto content = record.content();
    for (const auto& header : check_days_since(record, job.config(), job.days))
      if (header.content != content.at(to_string(header.key))) return "the store has changed since the run";
  } catch (const Error& error) {
    return error.code() == Exit::input ? "the store is not at hand" : error.what();
  }
  return "";
}

std::optional<DataQuality> recost_without_flagged(const SweepJob& job, const SweepResults& results,
                                                  const std::atomic<bool>& stop) {
  DataQuality quality;
  Recost recost(job, results);
  std::vector<Recost::Day> days(std::min(kMostDays, job.days.size()));
  // As many days at a time as the budget has room for; a report does not know how long they are.
  const auto at_a_time = std::min(days.size(), job.only_finished ? 1 : job.memory.days_in_flight);
  std::mutex mutex;
  const auto try_day = [&](std::size_t i) {
    const auto d = i * job.days.size() / days.size();
    try {
      days[i] = recost.day(d);
    } catch (const Error& error) {
      const std::lock_guard lock(mutex);
      quality.skipped = fmt::format("{}: {}", to_string(job.days[d]), error.what());
    }
  };
  in_arena(job.manifest.threads, [&] {
    parallel_ranges(at_a_time, 1, [&](std::size_t first, std::size_t last) {
      for (auto lane = first; lane < last; ++lane)
        for (auto i = lane; i < days.size() && !stop; i += at_a_time) try_day(i);
    });
  });
  if (stop) return std::nullopt;
  return quality.skipped.empty() ? add_up(days, recost.is_sliced()) : quality;
}

}  // namespace sorsweep
