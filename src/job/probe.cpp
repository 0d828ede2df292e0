// tested by: tests/python/plan_test.py (thread_seconds)
#include "job/probe.hpp"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/text.hpp"
#include "job/day_loader.hpp"
#include "sweep/affine_evaluation.hpp"

namespace sorsweep {
namespace {

// The probe does not try these; they were measured on runs of the quickstart.
constexpr double kReduceSecondsPerPoint = 12e-9;   // Per day as well.
constexpr double kFinishSecondsPerPoint = 100e-9;  // Plateau, outcomes and tables.
constexpr double kFinishSecondsPerByte = 25e-9;    // Per byte of results.h5.
constexpr double kFinishSeconds = 0.15;
constexpr double kResultsBytesPerPoint = 24.5;  // Where every point differs from its neighbour; 0.25 where none does.
constexpr double kUnitBytesPerPoint = 3.3;      // Likewise for a unit; 0.06 where no point differs.
constexpr std::size_t kPointsOfPiece = std::size_t{1} << 19;  // Points evaluated at a time, about as in the sweep.
constexpr std::size_t kMostStructural = 6;                    // Number of structural points that are tried.
constexpr double kUnitBytes = 40e3;                           // A unit's file without its surface and contenders.
constexpr double kUnitBytesOfEvents = 5e3;
constexpr double kBytesPerContenderOfFile = 30;  // After deflating.
constexpr double kBaseMemory = 30e6;             // The program and its libraries.

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Returns the CPU time of `body` on one thread. What else the machine does has no influence.
template <class Body>
double measured(const Body& body) {
  const double before = cpu_seconds();
  in_arena(1, body);
  return cpu_seconds() - before;
}

/// What a day takes: a fixed part, and a part for each slice. Times are in seconds of one thread.
struct DayTrial {
  double rows = 0, slices = 0;  ///< Numbers for the whole day.
  double load = 0, fixed = 0, each_slice = 0;
  double evaluate_slice = 0;  ///< On the whole grid.
  double candidates = 0, contenders = 0, winners = 0;
  double changes = 0;  ///< Share of points that differ from the one before, with all slices of a day.
  std::vector<Contenders> decided;
};

class Trials {
 public:
  Trials(const SweepJob& job, const Config& config, const ProbeEffort& effort)
      : job_(job), config_(config), effort_(effort) {}

  DayTrial day(const DayKey& key) const {
    DayTrial trial;
    std::optional<DayData> data;
    trial.load = measured([&] { data = load_day(config_, key, job_.plan.identity.content); });
    trial.rows = static_cast<double>(data->quotes.rows());
    const double few = measured([&] { prepare(DayData(*data), 1); });
    std::unique_ptr<DayEvaluation> evaluation;
    std::unique_ptr<Backtest> backtest;
    const double many = measured([&] {
      backtest = make(effort_.slices);
      evaluation = backtest->prepare(std::move(*data), job_.request.engine);
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
    auto config = config_;
    config.slices.most_slices = slices;
    return make_backtest(config, job_.plan.grid);
  }

  void prepare(DayData&& data, std::size_t slices) const {
    make(slices)->prepare(std::move(data), job_.request.engine);
  }

  /// Evaluates rows in the middle of each of a few parts of the grid, in pieces as the sweep does.
  void evaluate(const DayEvaluation& evaluation, double tried, DayTrial& trial) const {
    const auto& grid = job_.plan.grid;
    const auto row = grid.points_per_row();
    const auto rows = std::clamp<std::size_t>(effort_.points / row, 1, grid.rows());
    const auto parts = std::clamp<std::size_t>(rows * row / kPointsOfPiece, 1, rows);
    const bool is_sliced = sorsweep::is_sliced(config_);
    auto surface = make_surface(rows / parts * row, is_sliced);
    double seconds = 0;
    // The first part is evaluated twice, because a sweep takes its memory once.
    for (std::size_t p = 0; p <= parts; ++p) {
      const auto part = p == 0 ? 0 : p - 1;
      const auto first = (grid.rows() / parts - rows / parts) / 2 + grid.rows() * part / parts;
      const auto last = std::min(grid.rows(), first + rows / parts);
      const auto took = measured([&] {
        evaluation.evaluate({first, last}, writable_rows_of(surface, 0, (last - first) * row));
      });
      if (p > 0) seconds += took;
    }
    trial.changes = changes_of(surface, std::max(1.0, trial.slices), tried);
    const auto stats = evaluation.stats();
    const auto rows_tried = rows / parts * parts;
    const auto share = static_cast<double>(rows_tried) / static_cast<double>(grid.rows());
    trial.evaluate_slice = job_.plan.keeps_surfaces() || is_sliced ? seconds / share / tried : 0;
    trial.candidates = static_cast<double>(stats.candidates) / tried;
    trial.contenders = static_cast<double>(stats.contenders) / tried;
    trial.winners = static_cast<double>(stats.winners) / tried / std::min(1.0, 3 * share);
    trial.decided = evaluation.winners();
  }

  /// Returns the share of points that differ from the one before. It allows for the slices that were not tried.
  static double changes_of(const Surface& surface, double slices, double tried) {
    const auto share = [](const auto& column) {
      double count = 0;
      for (std::size_t i = 1; i < column.size(); ++i) count += column[i] != column[i - 1];
      return column.empty() ? 0 : count / static_cast<double>(column.size());
    };
    const double here = surface.is_sliced() ? share(surface.slippage) : share(surface.total_cost);
    return 1 - std::pow(1 - here, slices / tried);
  }

  const SweepJob& job_;
  const Config& config_;
  const ProbeEffort effort_;
};

/// Returns the mean of a figure over the trials.
double mean(const std::vector<DayTrial>& trials, double DayTrial::*figure) {
  double sum = 0;
  for (const auto& trial : trials) sum += trial.*figure;
  return sum / static_cast<double>(trials.size());
}

double all_rows(const SweepJob& job) {
  double rows = 0;
  for (const auto& day : job.plan.manifest.days) rows += static_cast<double>(day.rows);
  return rows;
}

/// Names axes along which no placement that was tried changes its cost, and pairs of axes that act as one.
std::vector<std::string> warn_of_axes(const SweepJob& job, const std::vector<DayTrial>& trials) {
  std::vector<std::vector<Contenders>> days;
  for (const auto& trial : trials) days.push_back(trial.decided);
  const bool has_decisions = std::ranges::any_of(days, [](const auto& day) { return !day.empty(); });
  std::vector<std::string> warnings;
  if (!is_sliced(job.plan.config()))
    return {fmt::format("the router {} uses none of the axes: all points tie", job.plan.config().router)};
  if (!has_decisions) return {};
  const auto audit = audit_placements(job.plan.grid, days);
  for (const auto a : audit.dead)
    warnings.push_back(fmt::format("{} changes no decision in the slices that were tried", job.plan.grid.name(a)));
  for (const auto& pair : audit.confounded)
    warnings.push_back(fmt::format("{} and {} act as one ({} × the first): sweep one of them",
                                   job.plan.grid.name(pair.first), job.plan.grid.name(pair.second), pair.ratio));
  return warnings;
}

/// Returns the thread time of all units of a structural point, in seconds.
double seconds_of(const SweepJob& job, const std::vector<DayTrial>& trials) {
  const auto days = static_cast<double>(job.plan.days.size());
  const auto points = static_cast<double>(job.plan.grid.size());
  const double row_share = all_rows(job) / days / std::max(1.0, mean(trials, &DayTrial::rows));
  double day = (mean(trials, &DayTrial::load) + mean(trials, &DayTrial::fixed)) * row_share;
  for (const auto& trial : trials)
    day += std::max(1.0, trial.slices) * (trial.each_slice + trial.evaluate_slice) / static_cast<double>(trials.size());
  return days * (day + points * kReduceSecondsPerPoint);
}

struct Space {
  double units = 0, results = 0;  ///< Bytes on disk.
  double memory = 0;              ///< Bytes at the peak.
};

Space space_of(const SweepJob& job, const Config& config, const std::vector<DayTrial>& trials) {
  const auto days = static_cast<double>(job.plan.days.size());
  const auto points = static_cast<double>(job.plan.grid.size());
  const bool keeps = job.plan.keeps_surfaces();
  const double slices = mean(trials, &DayTrial::slices);
  const double changes = mean(trials, &DayTrial::changes);
  const double changes_of_all = 1 - std::pow(1 - changes, days);
  Space space;
  if (keeps) {
    const auto surfaces = static_cast<double>(1 + config.run.metrics.size());
    space.units = days * points * surfaces * (0.06 + kUnitBytesPerPoint * changes);
    space.results = points * (0.25 + kResultsBytesPerPoint * std::pow(changes_of_all, 1.5));
  }
  const double kept = slices * mean(trials, keeps ? &DayTrial::winners : &DayTrial::contenders);
  space.units += days * ((is_sliced(config) ? kUnitBytes : kUnitBytesOfEvents) + kept * kBytesPerContenderOfFile);

  // What was planned for the sizes of the run, and what the days show of their placements.
  const double contenders = slices * mean(trials, &DayTrial::contenders) * static_cast<double>(kBytesPerContender);
  const double placements = contenders + kept * static_cast<double>(kBytesPerCopy);
  const auto& plan = job.memory;
  const double in_flight = static_cast<double>(
      std::min(days_that_fit(plan, 0, static_cast<std::uint64_t>(placements)), job.plan.days.size()));
  const double day = static_cast<double>(plan.each) + std::max(static_cast<double>(plan.placements), placements);
  const double later = static_cast<double>(plan.later) + (keeps ? 0 : contenders * days);
  const double units = static_cast<double>(plan.fixed) + in_flight * day + (keeps ? 0 : contenders * days);
  space.memory = kBaseMemory + std::max(units, later);
  return space;
}

/// Tries one structural point, and adds what it takes with this weight.
void try_structural_point(const SweepJob& job, const Config& config, const ProbeEffort& effort, double weight,
                          Probe& probe, double& loading, Space& space) {
  const Trials run(job, config, effort);
  std::vector<DayTrial> trials;
  const auto days = std::min(effort.days, job.plan.days.size());
  for (std::size_t i = 0; i < days; ++i)
    trials.push_back(run.day(job.plan.days[(2 * i + 1) * job.plan.days.size() / (2 * days)]));
  const auto slices = mean(trials, &DayTrial::slices);
  probe.days = std::max(probe.days, days);
  probe.slices += days * std::min(effort.slices, static_cast<std::size_t>(slices));
  probe.slices_a_day += weight * slices;
  probe.candidates += weight * slices * mean(trials, &DayTrial::candidates);
  probe.contenders += weight * slices * mean(trials, &DayTrial::contenders);
  probe.thread_seconds += weight * seconds_of(job, trials);
  loading += weight * static_cast<double>(job.plan.days.size()) * mean(trials, &DayTrial::load);
  const auto own = space_of(job, config, trials);
  space = {space.units + weight * own.units, space.results + weight * own.results, std::max(space.memory, own.memory)};
  if (probe.warnings.empty()) probe.warnings = warn_of_axes(job, trials);
}

}  // namespace

Probe probe(const SweepJob& job, const ProbeEffort& effort) {
  Probe probe;
  Space space;
  double loading = 0;  // Days are loaded one at a time.
  const auto structural_points = job.plan.configs.size();
  const auto tried = std::min(structural_points, kMostStructural);
  auto each = effort;
  each.days = std::max<std::size_t>(1, effort.days / tried);
  const double weight = static_cast<double>(structural_points) / static_cast<double>(tried);
  for (std::size_t i = 0; i < tried; ++i)
    try_structural_point(job, job.plan.configs[(2 * i + 1) * structural_points / (2 * tried)], each, weight, probe,
                         loading, space);
  if (probe.slices_a_day > 0) {
    probe.candidates /= probe.slices_a_day;
    probe.contenders /= probe.slices_a_day;
  }
  const auto threads = job.threads();
  const auto points = static_cast<double>(job.plan.grid.size() * structural_points);
  const double finish =
      kFinishSeconds + (points * kFinishSecondsPerPoint + space.results * kFinishSecondsPerByte) / threads;
  probe.prediction = {std::max(loading, probe.thread_seconds / threads) + finish, threads,
                      static_cast<std::uint64_t>(space.memory),
                      static_cast<std::uint64_t>(space.units + space.results)};
  return probe;
}

std::optional<Prediction> predict(const SweepJob& job) {
  try {
    return probe(job, {}).prediction;
  } catch (const Error&) {
    return std::nullopt;  // The run itself will say what is wrong, and with which day.
  }
}

}  // namespace sorsweep
