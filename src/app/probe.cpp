#include "app/probe.hpp"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cmath>

#include "app/day_loader.hpp"
#include "app/unit_cost.hpp"
#include "sorsweep/core/error.hpp"
#include "sorsweep/core/text.hpp"
#include "sorsweep/sweep/graph.hpp"

namespace sorsweep {
namespace {

// What is not tried, measured on the quickstart's runs.
constexpr double kReduceSecondsPerPoint = 12e-9;   // and day
constexpr double kFinishSecondsPerPoint = 700e-9;  // results.h5, plateau, outcomes, tables
constexpr double kFinishSeconds = 0.15;
constexpr double kResultsBytesPerPoint = 24;
constexpr double kUnitBytes = 40e3;              // of a unit's file but for its surface and contenders
constexpr double kBytesPerContenderOfFile = 30;  // deflated
constexpr double kBaseMemory = 22e6;
constexpr double kMemoryPerRow = 100;
constexpr double kMemoryPerContender = 160;
constexpr double kMemoryPerPointInFlight = 16;

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Time of the CPU, on one thread: what others do on the machine does not count.
template <class Body>
double measured(const Body& body) {
  const double before = cpu_seconds();
  in_arena(1, body);
  return cpu_seconds() - before;
}

/// What a day of this many rows takes: fixed, and for each slice.
struct DayTrial {
  double rows = 0, slices = 0;  ///< of the whole day
  double load = 0, fixed = 0, each_slice = 0;
  double evaluate_slice = 0;  ///< on the whole grid
  double candidates = 0, contenders = 0, winners = 0;
  double bytes_per_point = 0;
  std::vector<Contenders> decided;
  std::array<bool, Grid::kAxes> is_live{};
};

class Trials {
 public:
  Trials(const SweepJob& job, const ProbeEffort& effort) : job_(job), effort_(effort) {}

  DayTrial day(const DayKey& key) const {
    DayTrial trial;
    const auto& config = job_.config();
    std::optional<DayData> data;
    trial.load = measured([&] { data = load_day(config, key, job_.content.at(to_string(key))); });
    trial.rows = static_cast<double>(data->quotes.rows());
    const double few = measured([&] { prepare(DayData(*data), 1); });
    std::unique_ptr<DayEvaluation> evaluation;
    std::unique_ptr<Backtest> backtest;
    const double many = measured([&] {
      backtest = make(effort_.slices);
      evaluation = backtest->prepare(std::move(*data), job_.command.engine);
    });
    const auto& facts = evaluation->facts().slices;
    const auto tried = static_cast<double>(facts.slices.size());
    trial.slices = tried + static_cast<double>(facts.left_out);
    trial.each_slice = tried > 1 ? std::max(0.0, many - few) / (tried - 1) : 0;
    trial.fixed = std::max(0.0, many - trial.each_slice * tried);
    evaluate(*evaluation, std::max(1.0, tried), trial);
    return trial;
  }

 private:
  std::unique_ptr<Backtest> make(std::size_t slices) const {
    auto config = job_.config();
    config.slices.most_slices = slices;
    return make_backtest(config, job_.grid);
  }

  void prepare(DayData&& data, std::size_t slices) const {
    make(slices)->prepare(std::move(data), job_.command.engine);
  }

  /// Rows in the middle of each of a few parts of the grid, in pieces such as the sweep evaluates.
  void evaluate(const DayEvaluation& evaluation, double tried, DayTrial& trial) const {
    const auto& grid = job_.grid;
    const auto row = grid.points_per_row();
    const auto rows = std::clamp<std::size_t>(effort_.points / row, 1, grid.rows());
    const auto parts = std::min<std::size_t>(rows, 4);
    const bool is_sliced = sorsweep::is_sliced(job_.config());
    auto surface = make_surface(rows / parts * row, is_sliced);
    double seconds = 0;
    for (std::size_t p = 0; p < parts; ++p) {
      const auto first = (grid.rows() / parts - rows / parts) / 2 + grid.rows() * p / parts;
      const auto last = std::min(grid.rows(), first + rows / parts);
      seconds += measured([&] { evaluation.evaluate({first, last}, slab_of(surface, 0, (last - first) * row)); });
    }
    note_surface(surface, trial);
    const auto stats = evaluation.stats();
    const auto share = static_cast<double>(rows / parts * parts) / static_cast<double>(grid.rows());
    trial.evaluate_slice = job_.keeps_surfaces() || is_sliced ? seconds / share / tried : 0;
    trial.candidates = static_cast<double>(stats.candidates) / tried;
    trial.contenders = static_cast<double>(stats.contenders) / tried;
    trial.winners = static_cast<double>(stats.winners) / tried / std::min(1.0, 3 * share);
    trial.decided = evaluation.winners();
  }

  /// How far a surface shrinks on disk: a change from point to point costs about two bytes.
  static void note_surface(const Surface& surface, DayTrial& trial) {
    const auto changes = [](const auto& column) {
      double count = 0;
      for (std::size_t i = 1; i < column.size(); ++i) count += column[i] != column[i - 1];
      return column.empty() ? 0 : count / static_cast<double>(column.size());
    };
    trial.bytes_per_point =
        0.06 + (surface.is_sliced() ? 6 * changes(surface.slippage) : 12 * changes(surface.total_cost));
  }

  const SweepJob& job_;
  const ProbeEffort& effort_;
};

/// The mean of a figure over trials.
double mean(const std::vector<DayTrial>& trials, double DayTrial::*figure) {
  double sum = 0;
  for (const auto& trial : trials) sum += trial.*figure;
  return sum / static_cast<double>(trials.size());
}

double all_rows(const SweepJob& job) {
  double rows = 0;
  for (const auto& day : job.manifest.days) rows += static_cast<double>(day.rows);
  return rows;
}

/// What all structural points take, in terms of the first one.
double weight_of_variants(const SweepJob& job) {
  const auto guess = [&](const Config& config) {
    const auto cost = guess_cost(config, job.grid, job.command.engine, job.manifest.days.front().rows);
    return static_cast<double>(cost.prepare + cost.evaluate);
  };
  double sum = 0;
  for (const auto& config : job.variants) sum += guess(config);
  return sum / guess(job.config());
}

/// Axes along which no placement that was tried pays differently, and pairs of which one is as good as both.
std::vector<std::string> warn_of_axes(const SweepJob& job, const std::vector<DayTrial>& trials) {
  std::vector<std::vector<Contenders>> days;
  for (const auto& trial : trials) days.push_back(trial.decided);
  const bool has_decisions = std::ranges::any_of(days, [](const auto& day) { return !day.empty(); });
  std::vector<std::string> warnings;
  if (!is_sliced(job.config()))
    return {fmt::format("the router {} uses none of the axes: all points tie", job.config().router)};
  if (!has_decisions) return {};
  const auto audit = audit_placements(job.grid, days);
  for (const auto a : audit.dead)
    warnings.push_back(fmt::format("{} changes no decision in the slices that were tried", Grid::kNames[a]));
  for (const auto& pair : audit.confounded)
    warnings.push_back(fmt::format("{} and {} act as one ({} × the first): sweep one of them", Grid::kNames[pair.first],
                                   Grid::kNames[pair.second], pair.ratio));
  return warnings;
}

void predict_time(const SweepJob& job, const std::vector<DayTrial>& trials, double weight, Probe& probe) {
  const auto days = static_cast<double>(job.days.size());
  const auto points = static_cast<double>(job.grid.size());
  const double row_share = all_rows(job) / days / std::max(1.0, mean(trials, &DayTrial::rows));
  double day = (mean(trials, &DayTrial::load) + mean(trials, &DayTrial::fixed)) * row_share;
  for (const auto& trial : trials)
    day += trial.slices * (trial.each_slice + trial.evaluate_slice) / static_cast<double>(trials.size());
  if (probe.slices_a_day == 0) day += mean(trials, &DayTrial::evaluate_slice);
  probe.thread_seconds = days * (day + points * kReduceSecondsPerPoint) * weight;
  const auto cores = std::max(1, job.manifest.threads);
  const double finish =
      kFinishSeconds + points * kFinishSecondsPerPoint * static_cast<double>(job.variants.size()) / cores;
  const double loading = days * mean(trials, &DayTrial::load) * row_share * weight;  // one at a time
  probe.prediction.threads = cores;
  probe.prediction.seconds = std::max(loading, probe.thread_seconds / cores) + finish;
}

void predict_space(const SweepJob& job, const std::vector<DayTrial>& trials, Probe& probe) {
  const auto& config = job.config();
  const auto days = static_cast<double>(job.days.size());
  const auto points = static_cast<double>(job.grid.size());
  const auto variants = static_cast<double>(job.variants.size());
  const bool keeps = job.keeps_surfaces();
  const double slices = mean(trials, &DayTrial::slices);
  const double kept = slices * mean(trials, keeps ? &DayTrial::winners : &DayTrial::contenders);
  const double surface =
      keeps ? points * mean(trials, &DayTrial::bytes_per_point) * static_cast<double>(1 + config.run.metrics.size())
            : 0;
  probe.unit_bytes = kUnitBytes + surface + kept * kBytesPerContenderOfFile;
  probe.prediction.disk =
      static_cast<std::uint64_t>(variants * (days * probe.unit_bytes + (keeps ? points * kResultsBytesPerPoint : 0)));

  const auto reduce = reduce_options(config, job.grid, job.days.size());
  const auto in_flight = static_cast<double>(std::min(job.memory.days_in_flight, job.days.size()));
  const double contenders = slices * mean(trials, &DayTrial::contenders) * kMemoryPerContender;
  const double rows = mean(trials, &DayTrial::rows) * kMemoryPerRow;
  double sums = static_cast<double>(summary_bytes(job.grid));
  double work = contenders * (keeps ? in_flight : days) + rows * in_flight;
  if (keeps) {
    sums += points * static_cast<double>(reduce.bytes_per_point()) +
            static_cast<double>(job.grid.rows()) * static_cast<double>(reduce.bytes_per_row(job.grid));
    work = std::max(work + in_flight * points * kMemoryPerPointInFlight, points * kResultsBytesPerPoint);
  }
  probe.prediction.peak_memory = static_cast<std::uint64_t>(kBaseMemory + sums + work);
}

}  // namespace

Probe probe(const SweepJob& job, const ProbeEffort& effort) {
  const Trials run(job, effort);
  std::vector<DayTrial> trials;
  const auto days = std::min(effort.days, job.days.size());
  for (std::size_t i = 0; i < days; ++i)
    trials.push_back(run.day(job.days[(2 * i + 1) * job.days.size() / (2 * days)]));
  Probe probe;
  probe.days = trials.size();
  probe.slices_a_day = mean(trials, &DayTrial::slices);
  probe.slices = days * std::min(effort.slices, static_cast<std::size_t>(probe.slices_a_day));
  probe.candidates = mean(trials, &DayTrial::candidates);
  probe.contenders = mean(trials, &DayTrial::contenders);
  predict_time(job, trials, weight_of_variants(job), probe);
  predict_space(job, trials, probe);
  probe.warnings = warn_of_axes(job, trials);
  return probe;
}

std::optional<Prediction> predict(const SweepJob& job) {
  try {
    return probe(job, {}).prediction;
  } catch (const Error&) {
    return std::nullopt;  // the run itself will say what is wrong, and with which day
  }
}

}  // namespace sorsweep
