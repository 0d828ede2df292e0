// tested by: tests/run/run_status_test.cpp (read_history)
#include "run/run_events.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <map>

#include "core/error.hpp"
#include "core/files.hpp"
#include "core/machine.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

using Kind = RunEvent::Kind;

/// The work of one process on one unit.
struct Work {
  std::string unit;
  TimeNs begin_ns = 0, end_ns = 0;
};

/// A process with what its log says about units.
struct ProcessLog {
  RunProcess process;
  std::map<std::string, TimeNs> begun;  ///< Units that have not ended yet.
  std::vector<Work> computed;
  std::vector<FailedUnit> failed;
  std::vector<FinishedLine> verified;
  TimeNs last_work_ns = 0;  ///< Time of the last event other than `end`.
};

void end_unit(ProcessLog& log, const RunEvent& event) {
  const auto begun = log.begun.extract(event.unit);
  log.process.units_peak_memory = log.process.peak_memory;
  constexpr double longest_s = 1e9;  // A log may say anything, and the number must fit.
  const auto whole_ns = static_cast<TimeNs>(std::clamp(event.seconds, 0.0, longest_s) * kNsPerSecond);
  const auto begin = begun.empty() ? event.time_ns - whole_ns : begun.mapped();
  ++(event.fresh ? log.process.units_computed : log.process.units_resumed);
  if (event.fresh)
    log.computed.push_back({event.unit, begin, event.time_ns});
  else
    log.verified.push_back({event.unit, event.time_ns});
}

void fail_unit(ProcessLog& log, const RunEvent& event) {
  const auto& start = log.process.start;
  log.begun.erase(event.unit);
  ++log.process.units_failed;
  log.failed.push_back({event.unit, event.error, event.alone, start.host, start.shard, event.exit, event.time_ns});
}

/// Returns how far the clock of a process's host was ahead of that of the run's file system when it began. File systems
/// keep coarse times, so less than a second means nothing.
TimeNs clock_ahead(const RunEvent& start) {
  TimeNs ahead = 0;
  if (start.file_time_ns == 0 || __builtin_sub_overflow(start.time_ns, start.file_time_ns, &ahead)) return 0;
  return ahead > -kNsPerSecond && ahead < kNsPerSecond ? 0 : ahead;
}

/// Puts an event's time, which is by the host's clock, on the clock of the file system.
void correct_time(RunEvent& event, TimeNs ahead) {
  TimeNs corrected = 0;
  if (!__builtin_sub_overflow(event.time_ns, ahead, &corrected)) event.time_ns = corrected;
}

void take(ProcessLog& log, const RunEvent& event) {
  auto& process = log.process;
  process.last_ns = std::max(process.last_ns, event.time_ns);
  process.peak_memory = std::max(process.peak_memory, event.peak_memory);
  if (event.kind != Kind::end) log.last_work_ns = std::max(log.last_work_ns, event.time_ns);
  if (event.kind == Kind::unit_begin) log.begun[event.unit] = event.time_ns;
  if (event.kind == Kind::unit) end_unit(log, event);
  if (event.kind == Kind::unit_failed) fail_unit(log, event);
  if (event.kind == Kind::stop) {
    process.signal = event.signal;
    for (const auto& unit : event.abandoned) log.begun.erase(unit);
  }
  if (event.kind == Kind::end) {
    process.state = RunProcess::State::ended;
    process.exit = event.exit;
    log.begun.clear();
  }
}

/// Calls `visit` for each line. Lines that are longer than any event are skipped.
void for_each_line(const fs::path& path, const std::function<void(std::string_view)>& visit) {
  constexpr std::size_t longest = 1 << 20;
  std::string line;
  const auto append = [&](std::string_view text) {
    if (line.size() <= longest) line += text.substr(0, longest + 1);
  };
  const auto end_line = [&] {
    if (line.size() <= longest) visit(line);
    line.clear();
  };
  read_parts(path, Exit::input, [&](std::string_view part) {
    for (auto end = part.find('\n'); end != std::string_view::npos; end = part.find('\n')) {
      append(part.substr(0, end));
      end_line();
      part.remove_prefix(end + 1);
    }
    append(part);
  });
  end_line();
}

/// Reads the processes of a log. Events before the first `start` belong to no process: its line was not written.
void read_log(const fs::path& path, std::vector<ProcessLog>& logs) {
  ProcessLog* log = nullptr;
  for_each_line(path, [&](std::string_view line) {
    auto event = read_event(line);
    if (!event) return;
    if (event->kind == Kind::start) {
      log = &logs.emplace_back();
      log->process.clock_ahead_ns = clock_ahead(*event);
    }
    if (!log) return;
    correct_time(*event, log->process.clock_ahead_ns);
    if (event->kind == Kind::start) log->process.start = *event;
    take(*log, *event);
  });
}

/// Returns whether SLURM has started the job again since.
bool is_requeued(const RunProcess& process, const std::vector<ProcessLog>& logs) {
  const auto& ids = process.start.slurm;
  return ids && std::ranges::any_of(logs, [&](const ProcessLog& other) {
           const auto& later = other.process.start.slurm;
           return later && later->job == ids->job && later->task == ids->task && later->restart > ids->restart;
         });
}

/// Returns the seconds that lie within any of the intervals. \param works is in order of their beginnings
double covered_seconds(const std::vector<Work>& works) {
  TimeNs sum = 0;
  TimeNs reached = works.empty() ? 0 : works.front().begin_ns;
  for (const auto& work : works) {
    sum += std::max<TimeNs>(0, work.end_ns - std::max(work.begin_ns, reached));
    reached = std::max(reached, work.end_ns);
  }
  return static_cast<double>(sum) / kNsPerSecond;
}

/// What all processes together say about a unit.
struct UnitFacts {
  TimeNs computed_ns = 0;  ///< When the first process had computed it.
  TimeNs done_ns = 0;      ///< When it was last seen to be there.
  TimeNs begun_ns = 0;     ///< When a process that is still running began it.
  const FailedUnit* failed = nullptr;
};

std::map<std::string, UnitFacts> facts_of(const std::vector<ProcessLog>& logs) {
  std::map<std::string, UnitFacts> facts;
  for (const auto& log : logs) {
    for (const auto& work : log.computed) {
      auto& unit = facts[work.unit];
      unit.computed_ns = unit.computed_ns ? std::min(unit.computed_ns, work.end_ns) : work.end_ns;
      unit.done_ns = std::max(unit.done_ns, work.end_ns);
    }
    for (const auto& line : log.verified) facts[line.unit].done_ns = std::max(facts[line.unit].done_ns, line.time_ns);
    for (const auto& failure : log.failed) {
      auto& last = facts[failure.unit].failed;
      if (!last || last->time_ns <= failure.time_ns) last = &failure;
    }
    if (log.process.state != RunProcess::State::running) continue;
    for (const auto& [unit, time_ns] : log.begun) facts[unit].begun_ns = std::max(facts[unit].begun_ns, time_ns);
  }
  return facts;
}

/// Adds the busy time of a process. A unit that was computed twice counts for the process that finished it first.
void add_busy_time(ProcessLog& log, const std::map<std::string, UnitFacts>& facts) {
  std::vector<Work> counted;
  for (const auto& work : log.computed)
    if (facts.at(work.unit).computed_ns == work.end_ns) counted.push_back(work);
  std::ranges::sort(counted, {}, &Work::begin_ns);
  log.process.busy_seconds = covered_seconds(counted);
  log.process.wall_seconds = static_cast<double>(log.last_work_ns - log.process.start.time_ns) / kNsPerSecond;
}

void find_lost(std::vector<ProcessLog>& logs, const IsGone& gone) {
  for (auto& log : logs) {
    if (log.process.state == RunProcess::State::running && (gone(log.process.start) || is_requeued(log.process, logs)))
      log.process.state = RunProcess::State::lost;
  }
}

std::vector<fs::path> logs_in(const fs::path& run) {
  std::vector<fs::path> paths;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(run / "logs", ec))
    if (entry.path().extension() == ".jsonl") paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

bool is_gone(const RunEvent& start) {
  // Logs of earlier versions do not name the namespace.
  const bool shares_pids =
      start.host == host_name() && (start.pid_namespace.empty() || start.pid_namespace == pid_namespace());
  return shares_pids && start.pid > 0 && ::kill(start.pid, 0) != 0 && errno == ESRCH;
}

TimeNs file_system_now(const fs::path& run) {
  auto name = (run / "logs" / ".clock-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return now_ns();
  ::unlink(name.c_str());
  const auto time_ns = file_time_ns(file);
  ::close(file);
  return time_ns == 0 ? now_ns() : time_ns;
}

RunHistory read_history(const fs::path& run, const IsGone& gone) {
  std::vector<ProcessLog> logs;
  for (const auto& path : logs_in(run)) {
    try {
      read_log(path, logs);
    } catch (const Error&) {
      // The log cannot be read, or is not a file.
    }
  }
  std::ranges::stable_sort(logs, {}, [](const ProcessLog& log) { return log.process.start.time_ns; });
  find_lost(logs, gone);
  const auto facts = facts_of(logs);
  RunHistory history;
  for (auto& log : logs) {
    add_busy_time(log, facts);
    const auto& start = log.process.start;
    if (log.process.state == RunProcess::State::running)
      for (const auto& [unit, since] : log.begun) history.running.push_back({unit, start.host, start.shard, since});
    history.processes.push_back(log.process);
  }
  for (const auto& [unit, of] : facts) {
    if (of.computed_ns) history.computed.push_back({unit, of.computed_ns});
    if (of.failed && of.failed->time_ns > std::max(of.done_ns, of.begun_ns)) history.failed.push_back(*of.failed);
  }
  std::ranges::stable_sort(history.computed, {}, &FinishedLine::time_ns);
  std::ranges::stable_sort(history.running, {}, &RunningUnit::since_ns);
  return history;
}

}  // namespace sorsweep
