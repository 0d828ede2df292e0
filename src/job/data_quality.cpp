#include "job/data_quality.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "job/day_loader.hpp"
#include "job/replay.hpp"
#include "run/alone_command.hpp"

namespace sorsweep {
namespace {

/// One process reads these days once more. An even choice of this many says as much as all of them.
constexpr std::size_t kMostDays = 250;

/// What the best point costs on a day: bps against the arrival mid, or the average price. Nothing if nothing was
/// traded.
using Figure = std::optional<double>;

class Recost {
 public:
  Recost(const RunPlan& plan, const SweepResults& results)
      : plan_(plan), config_(plan.configs[results.best_structural_point]), summary_(results.best()) {}

  struct Day {
    FlaggedRows removed;
    Figure before, after;
    std::string failed;  ///< Why the day cannot be traded without the rows; empty if it can.
  };

  Day day(std::size_t d) {
    auto data = load(d);
    Day result;
    auto clean = data;
    result.removed = remove_flagged(clean.quotes);
    if (result.removed.all() == 0) return result;
    try {
      result.before = known(d);
      if (!result.before) result.before = figure(std::move(data));
      result.after = figure(std::move(clean));
    } catch (const Error& error) {
      result.failed = fmt::format("{}: {}", to_string(plan_.days[d]), error.what());
    }
    return result;
  }

  bool is_sliced() const { return summary_.is_sliced; }

 private:
  DayData load(std::size_t d) {
    const std::lock_guard lock(hdf5_);  // HDF5 has one global lock.
    try {
      return load_whole_day(config_, plan_.days[d], plan_.identity.content);
    } catch (const Error& error) {
      throw error.within(to_string(plan_.days[d]));
    }
  }

  /// Returns the figure that the sweep found.
  Figure known(std::size_t d) const {
    const auto& slices = summary_.days[d].facts.slices;
    if (summary_.at_best.empty() || slices.shares() == 0) return std::nullopt;
    return static_cast<double>(summary_.at_best[d].slippage) * bps_per_nano(slices);
  }

  Figure figure(DayData&& day) const { return is_sliced() ? sliced(day) : event(std::move(day)); }

  Figure sliced(const DayData& day) const {
    const auto played = play_point(day, config_.slices, plan_.grid, plan_.grid.values(summary_.best.point));
    const auto& facts = played.slices.facts;
    if (facts.shares() == 0) return std::nullopt;
    return static_cast<double>(played.slippage) * bps_per_nano(facts);
  }

  Figure event(DayData&& day) const {
    // The results of these routers do not depend on the point.
    const auto backtest = make_backtest(config_, plan_.grid);
    const auto evaluation = backtest->prepare(std::move(day), Engine::collapse);
    auto surface = make_surface(plan_.grid.points_per_row(), false);
    evaluation->evaluate({0, 1}, writable_rows_of(surface, 0, surface.size()));
    if (surface.filled_shares[0] <= 0) return std::nullopt;
    return surface.total_cost[0] / surface.filled_shares[0];
  }

  const RunPlan& plan_;
  const Config& config_;
  const SweepSummary& summary_;
  std::mutex hdf5_;
};

/// Compares each day with itself. Only days that trade both with and without their flagged rows count.
DataQuality add_up(const std::vector<Recost::Day>& days, bool is_sliced) {
  DataQuality quality;
  if (const auto failed = std::ranges::find_if(days, [](const auto& day) { return !day.failed.empty(); });
      failed != days.end()) {
    quality.skipped = failed->failed;
    return quality;
  }
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

/// Returns whether there is a file that this process may read. A disk that does not answer may have one.
bool is_at_hand(const std::filesystem::path& path) {
  return ::access(path.c_str(), R_OK) == 0 || (errno != ENOENT && errno != ENOTDIR && errno != EACCES);
}

}  // namespace

std::string why_no_store(const RunPlan& plan, const RunFolder& folder) {
  const auto& config = plan.config();
  for (const auto& day : plan.days)
    if (!is_at_hand(day_path(config.store, day))) return "the store is not at hand";
  try {
    const auto record = read_run(folder.path());
    for (const auto& header : check_days_since(record, config, plan.days))
      if (header.content != record.identity.content.at(to_string(header.key)))
        return "the store has changed since the run";
  } catch (const Error& error) {
    if (error.code() == Exit::input || error.code() == Exit::resources) throw;
    return error.what();
  }
  return "";
}

void check_store_again(const SweepJob& job) {
  const auto& config = job.plan.config();
  const auto record = read_run(job.folder.path());
  try {
    check_unchanged(config, check_days_since(record, config, job.plan.days), record.identity.content);
  } catch (const Error& error) {
    throw Error(error.code(), error.problem(), error.why(),
                fmt::format("all units are done: mend the store and sweep again, or end the run without it: "
                            "sorsweep merge {}",
                            shell_word(job.folder.path().string())));
  }
}

std::optional<DataQuality> recost_without_flagged(const SweepJob& job, const SweepResults& results,
                                                  const std::atomic<bool>& stop) {
  Recost recost(job.plan, results);
  std::vector<Recost::Day> days(std::min(kMostDays, job.plan.days.size()));
  // The budget has room for this many days at a time. A report does not know how long the days are.
  const auto at_a_time = std::min(days.size(), job.request.only_finished ? 1 : job.memory.days_in_flight);
  in_arena(job.threads(), [&] {
    parallel_ranges(at_a_time, 1, [&](std::size_t first, std::size_t last) {
      for (auto lane = first; lane < last; ++lane)
        for (auto i = lane; i < days.size() && !stop; i += at_a_time)
          days[i] = recost.day(i * job.plan.days.size() / days.size());
    });
  });
  if (stop) return std::nullopt;
  return add_up(days, recost.is_sliced());
}

}  // namespace sorsweep
