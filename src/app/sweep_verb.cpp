// tested by: tests/python/sweep_signal_test.py (stopped)
// sweep: reads, checks, runs, reduces and writes.
#include <fmt/format.h>

#include <cstdlib>

#include "app/failure.hpp"
#include "app/progress.hpp"
#include "app/run_options.hpp"
#include "app/signals.hpp"
#include "app/verb_json.hpp"
#include "core/error.hpp"
#include "core/machine.hpp"
#include "core/temporaries.hpp"
#include "core/text.hpp"
#include "job/probe.hpp"
#include "job/run_job.hpp"
#include "job/sweep_output.hpp"
#include "report/tables.hpp"
#include "run/coverage.hpp"
#include "run/event_log.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {
namespace {

struct SweepCommand : RunRequest {
  bool init = false;  ///< Make the run's folder and stop.
  /// How long units in flight may take after a signal; empty: until they are done.
  std::optional<std::chrono::nanoseconds> grace;
  bool json = false;
  bool stats = false;
};

/// If surfaces are not kept, units are prepared before any point is done. This guess lets the bar move meanwhile.
constexpr double kShareOfMakingReady = 0.2;

/// Parses a shard like "3/8". Shards count from 1; 0/n is the n-th, so that 0 … n−1 name all of them as well.
/// \throws Error (usage)
Shard read_shard(const std::string& text) {
  constexpr std::uint64_t most = 1'000'000'000;
  const auto slash = text.find('/');
  const auto number = [&](std::string_view digits) { return parse_number<std::uint64_t>(digits).value_or(most); };
  const auto count = slash == std::string::npos ? most : number(std::string_view(text).substr(slash + 1));
  const auto index = slash == std::string::npos ? most : number(std::string_view(text).substr(0, slash));
  if (count == 0 || count >= most || index > count)
    throw Error(Exit::usage, fmt::format("--shard {} is not a shard", text), "",
                "write it like 3/8: the third of eight");
  return {(index + count - 1) % count, count};
}

std::chrono::nanoseconds read_grace(const std::string& text) {
  const auto grace = parse_duration(text);
  if (!grace)
    throw Error(Exit::usage, fmt::format("--grace {} is not a duration", text), "", "write it like 45s, 2m or 0");
  return std::chrono::nanoseconds(*grace);
}

void declare(VerbOptions& options, SweepCommand& command) {
  add_request_options(options, command);
  options.add({.names = "-o,--out", .description = "Run folder", .value = "RUN", .default_text = "<run.out>/<id>"},
              command.run);
  options.read(
      {.names = "--shard", .description = "Compute only this part, like 3/8; merge joins them", .value = "I/N"},
      [&command](const std::string& text) {
        command.shard = read_shard(text);
        if (command.init)
          throw Error(Exit::usage, "--init and --shard do not go together", "--init computes nothing", "leave one out");
      });
  options.read({.names = "--grace",
                .description = "After the first signal, give up units that take longer than this, like 45s",
                .value = "TIME",
                .default_text = "finish them"},
               [&command](const std::string& text) { command.grace = read_grace(text); });
  options.add({.names = "--init", .description = "Check everything, make the run folder, print the work to be done"},
              command.init);
  options.add({.names = "--stats", .description = "Print what the collapse did and where the time went"},
              command.stats);
  options.json(command.json);
}

std::string stats_text(const EvaluationStats& stats) {
  if (stats.slices == 0) return "stats: none, as no unit was computed here by the solver exact or pool";
  const auto& collapse = stats.collapse;
  return fmt::format(
      "stats: {} slices, {} of them left to pool; {} candidates, {} contenders after pruning, {} different winners\n"
      "stats: {} boxes, {} lines, {} segments, {} evaluations of a candidate\n"
      "stats: time in threads: books and samples {}, tables {}, pruning {}, execution {}, boxes and integration {}",
      format_count(stats.slices), format_count(stats.pooled), format_count(stats.candidates),
      format_count(stats.contenders), format_count(stats.winners), format_count(collapse.boxes),
      format_count(collapse.lines), format_count(collapse.segments), format_count(collapse.evaluations),
      format_seconds(stats.books_seconds), format_seconds(stats.tables_seconds), format_seconds(stats.pruning_seconds),
      format_seconds(stats.executing_seconds), format_seconds(stats.boxes_seconds));
}

std::string shard_text(const Shard& shard) {
  return fmt::format("{}/{}", shard.index + 1, shard.count);
}

/// Returns the prediction of the run's first command, or makes one.
std::optional<Prediction> predict_once(const SweepJob& job) {
  const auto before = find_run(job.folder.path());
  return before ? before->manifest.predicted : predict(job);
}

/// What accompanies the units of a sweep: its event log, and the end of the grace period after a signal.
class Session {
 public:
  Session(const SweepJob& job, const SweepCommand& command, std::size_t units, Log& log)
      : job_(job),
        command_(command),
        log_(log),
        events_(job.folder.path(), {command.shard ? shard_text(*command.shard) : "", job.threads(),
                                    job.memory.resources.memory, units, command_line()}),
        grace_(stop_on_signals(), command.grace, [this] { abandon(); }) {}

  EventLog& events() { return events_; }

  /// Runs `body`, which computes units, and returns its result. Errors are written to the event log and thrown on.
  template <class Body>
  auto run(const Body& body) {
    try {
      return body();
    } catch (const Error& error) {
      events_.end(error.code());
      throw;
    }
  }

  void end(Exit exit) {
    if (exit == Exit::stopped) events_.stop(stop_signal());
    events_.end(exit);
  }

 private:
  /// Ends the process while units are in flight, from the timer's thread. Published files are complete; others do not
  /// exist.
  [[noreturn]] void abandon() {
    const auto abandoned = events_.in_flight();
    events_.stop(stop_signal(), abandoned);
    events_.end(Exit::stopped);
    remove_own_temporaries(job_.folder.units());
    remove_own_temporaries(job_.folder.path());
    tell_stopped(fmt::format("sweep: the grace period is over, {} units were given up", abandoned.size()),
                 command_.json, log_);
    std::_Exit(static_cast<int>(Exit::stopped));
  }

  const SweepJob& job_;
  const SweepCommand& command_;
  Log& log_;
  EventLog events_;
  GraceTimer grace_;
};

/// Returns how many points the units of this process have.
std::uint64_t own_points(const SweepJob& job, const std::vector<std::size_t>& own) {
  std::uint64_t points = 0;
  for (const auto u : own) points += job.plan.points_of(job.plan.units[u]);
  return points;
}

Exit say_stopped(const SweepCommand& command, const Finished& finished, std::size_t of, Log& log) {
  const auto done = finished.units.computed + finished.units.resumed;
  return tell_stopped(fmt::format("sweep: stopped cleanly after {} of {} units{}", done, of,
                                  command.shard ? fmt::format(" of shard {}", shard_text(*command.shard)) : ""),
                      command.json, log);
}

/// Returns " (1.2 M points/s)", or nothing if no unit was computed.
std::string speed_text(const SweepJob& job, const Finished& finished, double seconds) {
  if (finished.units.computed == 0) return "";
  const auto all = static_cast<double>(job.plan.manifest.points) * static_cast<double>(job.plan.days.size());
  const double speed =
      all * static_cast<double>(finished.units.computed) / static_cast<double>(job.plan.units.size()) / seconds;
  return speed < 1e6 ? fmt::format(" ({} points/s)", format_count(static_cast<std::uint64_t>(speed)))
                     : fmt::format(" ({:.3g} M points/s)", speed / 1e6);
}

std::string effort_text(const SweepJob& job, const Finished& finished, double seconds) {
  return fmt::format("{} units computed, {} resumed, in {}{}, peak memory {}", finished.units.computed,
                     finished.units.resumed, format_seconds(seconds), speed_text(job, finished, seconds),
                     format_bytes(peak_memory()));
}

std::string outline_text(const RunOutline& o) {
  return fmt::format("{}\n{} units, {} done; about {} on {} threads\n", o.run, o.units, o.units_done,
                     format_seconds(o.predicted_seconds), o.threads);
}

Exit init_run(const SweepJob& job, const SweepCommand& command) {
  const auto& predicted = job.plan.manifest.predicted;
  const RunOutline outline{job.folder.path().string(),
                           job.plan.manifest.run_id,
                           job.plan.units.size(),
                           look_at_units(job.folder, job.plan.units).done(),
                           predicted ? predicted->seconds : predicted_seconds(job.plan.units, job.threads()),
                           job.threads(),
                           merge_memory(job)};
  print_result(command.json ? outline_json(outline) : outline_text(outline));
  return Exit::ok;
}

Exit sweep_shard(SweepJob& job, const SweepCommand& command, Log& log) {
  const auto& own = job.own;
  log.info(fmt::format("sweep: shard {}: {} of {} units, {} threads → {}", shard_text(*command.shard), own.size(),
                       job.plan.units.size(), job.threads(), job.folder.path().string()));
  Session session(job, command, own.size(), log);
  Finished finished;
  double seconds = 0;
  {
    Progress progress(own_points(job, own), own.size(), job.plan.keeps_surfaces() ? 0 : 1, log.verbosity() < 0);
    finished = session.run([&] { return run_shard(job, {progress, &session.events(), stop_on_signals()}); });
    seconds = progress.seconds();
  }
  const bool is_done = finished.units.computed + finished.units.resumed == own.size();
  session.end(is_done ? Exit::ok : Exit::stopped);
  if (!is_done) return say_stopped(command, finished, own.size(), log);
  if (command.json)
    print_result(shard_json({job.folder.path().string(), job.plan.manifest.run_id, shard_text(*command.shard),
                             own.size(), finished.units.computed, finished.units.resumed, seconds, peak_memory()}));
  log.info(fmt::format("sweep: shard {}: {}", shard_text(*command.shard), effort_text(job, finished, seconds)));
  if (command.stats) log.info(stats_text(finished.stats));
  return Exit::ok;
}

SweepJob plan_and_predict(const SweepCommand& command, int verbosity) {
  const Ticker ticker("sweep", "checking the days, trying some slices", verbosity < 0);
  auto job = plan_sweep(command);
  if (!command.shard) job.plan.manifest.predicted = predict_once(job);
  return job;
}

Exit run_sweep(const SweepCommand& command, Log& log) {
  auto job = plan_and_predict(command, log.verbosity());
  while (!make_folder(job)) job = plan_and_predict(command, log.verbosity());
  if (job.days_left_out > 0)
    log.info(fmt::format("sweep: the store has {} more {} not in this run, which began before",
                         format_count(job.days_left_out), job.days_left_out == 1 ? "day that is" : "days that are"));
  if (command.init) return init_run(job, command);
  if (command.shard) return sweep_shard(job, command, log);
  auto& manifest = job.plan.manifest;
  log.info(fmt::format("sweep: {} points × {} days, router {}, engine {}, {} threads → {}",
                       format_count(manifest.points), job.plan.days.size(), job.plan.config().router,
                       to_string(command.engine), manifest.threads, job.folder.path().string()));
  Finished finished;
  {
    Session session(job, command, manifest.units, log);
    Progress progress(manifest.points * job.plan.days.size(), manifest.units,
                      job.plan.keeps_surfaces() ? 0 : kShareOfMakingReady, log.verbosity() < 0);
    finished = session.run([&] { return run(job, {progress, &session.events(), stop_on_signals()}); });
    manifest.wall_seconds = progress.seconds();
    session.end(finished.results ? Exit::ok : Exit::stopped);
  }
  if (!finished.results) return say_stopped(command, finished, manifest.units, log);
  const auto& results = *finished.results;
  manifest.result_hash = results.result_hash;
  manifest.units_resumed = finished.units.resumed;
  manifest.peak_memory = peak_memory();
  manifest.ended_at = utc_now();
  const auto outputs = with_ticker("sweep", kFinishing, log.verbosity() < 0,
                                   [&] { return write_outputs(job, finished, true, stop_on_signals()); });
  if (!outputs) return tell_stopped("sweep: stopped cleanly, all units are there", command.json, log);
  print_result(command.json ? outputs->best_json : outputs->summary);
  log.info(fmt::format("sweep: {}", effort_text(job, finished, manifest.wall_seconds)));
  if (command.stats) log.info(stats_text(finished.stats));
  log.info(fmt::format("sweep: result {}; files in {}", results.result_hash, job.folder.path().string()));
  return Exit::ok;
}

}  // namespace

Verb sweep_verb() {
  return make_verb("sweep", "Run the backtest over grid × days, or resume it",
                   {"sorsweep sweep configs/quickstart.yaml -o runs/first",
                    "sorsweep sweep configs/quickstart.yaml -o runs/parts --shard 1/8"},
                   declare, run_sweep);
}

}  // namespace sorsweep
