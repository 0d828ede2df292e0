#include "run/event_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "core/machine.hpp"
#include "core/standard_streams.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

using Kind = RunEvent::Kind;

constexpr int kMostAttempts = 1000;  ///< To find a name that no other process has.

/// \param begin_ns a boot_time_ns
double seconds_since(TimeNs begin_ns) {
  return static_cast<double>(boot_time_ns() - begin_ns) / kNsPerSecond;
}

/// Returns a name such as "20241123T101500Z-n1-4711.jsonl", and "20241123T101500Z-n1-4711-2.jsonl" for the second try.
std::string name_of(TimeNs time_ns, int attempt) {
  auto second = format_iso_time(time_ns).substr(0, 19);
  std::erase_if(second, [](char c) { return c == '-' || c == ':'; });
  return fmt::format("{}Z-{}-{}{}.jsonl", second, host_name(), ::getpid(),
                     attempt == 1 ? "" : fmt::format("-{}", attempt));
}

std::optional<SlurmIds> slurm_ids(const Environment& environment) {
  const auto job = environment("SLURM_JOB_ID");
  if (!job || job->empty()) return std::nullopt;
  const auto text = [&](const char* name) { return environment(name).value_or(""); };
  SlurmIds ids{*job, text("SLURM_ARRAY_JOB_ID"), text("SLURM_ARRAY_TASK_ID"), 0, text("SLURMD_NODENAME")};
  const auto restart = text("SLURM_RESTART_COUNT");
  std::from_chars(restart.data(), restart.data() + restart.size(), ids.restart);
  return ids;
}

}  // namespace

EventLog::EventLog(const fs::path& run, const Start& start, const Environment& environment)
    : start_ns_(now_ns()), begin_ns_(boot_time_ns()) {
  auto first = event(Kind::start);
  first.host = host_name();
  first.pid = ::getpid();
  first.pid_namespace = pid_namespace();
  first.shard = start.shard;
  first.threads = start.threads;
  first.memory = start.memory;
  first.slurm = slurm_ids(environment);
  first.units = start.units;
  first.command = start.command;
  open(run / "logs", first.time_ns);
  first.file_time_ns = file_time_ns(file_.fd());
  write(first);
}

void EventLog::open(const fs::path& folder, TimeNs time_ns) {
  std::error_code ec;
  fs::create_directory(folder, ec);  // and not the run, which may have been moved away
  for (int attempt = 1; attempt <= kMostAttempts; ++attempt) {
    path_ = folder / name_of(time_ns, attempt);
    file_ = open_file(path_, O_WRONLY | O_CREAT | O_EXCL | O_APPEND);
    if (file_.fd() >= 0) return;
    if (errno != EEXIST) break;
  }
  complain(ec ? ec.value() : errno);
}

void EventLog::unit_begin(const std::string& unit) {
  const std::lock_guard lock(mutex_);
  begun_[unit] = boot_time_ns();
  auto begin = event(Kind::unit_begin);
  begin.unit = unit;
  write(begin);
}

void EventLog::unit_done(const std::string& unit, bool fresh, std::optional<double> seconds) {
  const std::lock_guard lock(mutex_);
  auto done = event(Kind::unit);
  const auto begun = begun_.extract(unit);
  done.unit = unit;
  done.fresh = fresh;
  done.seconds = seconds.value_or(begun.empty() ? 0 : seconds_since(begun.mapped()));
  done.peak_memory = peak_memory();
  ++(fresh ? computed_ : resumed_);
  write(done);
}

void EventLog::unit_failed(const std::string& unit, Exit exit, const std::string& error, const std::string& alone) {
  const std::lock_guard lock(mutex_);
  begun_.erase(unit);
  auto failed = event(Kind::unit_failed);
  failed.unit = unit;
  failed.exit = static_cast<int>(exit);
  failed.error = error;
  failed.alone = alone;
  write(failed);
}

void EventLog::stop(const std::string& signal, const std::vector<std::string>& abandoned) {
  const std::lock_guard lock(mutex_);
  auto stopped = event(Kind::stop);
  stopped.signal = signal;
  stopped.abandoned = abandoned;
  for (const auto& unit : abandoned) begun_.erase(unit);
  write(stopped);
}

void EventLog::end(Exit exit) {
  const std::lock_guard lock(mutex_);
  auto last = event(Kind::end);
  last.exit = static_cast<int>(exit);
  last.units_computed = computed_;
  last.units_resumed = resumed_;
  last.seconds = seconds_since(begin_ns_);
  last.peak_memory = peak_memory();
  write(last);
  has_ended_ = true;
}

std::vector<std::string> EventLog::in_flight() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> units;
  for (const auto& [unit, begin] : begun_) units.push_back(unit);
  return units;
}

RunEvent EventLog::event(Kind kind) const {
  RunEvent event;
  event.kind = kind;
  event.time_ns = start_ns_ + boot_time_ns() - begin_ns_;
  return event;
}

void EventLog::write(const RunEvent& event) {
  if (file_.fd() < 0 || has_ended_) return;
  const auto line = fmt::format("{}{}\n", is_torn_ ? "\n" : "", to_json(event));
  const auto written = uninterrupted([&] { return file_calls().write(file_.fd(), line); });
  if (written == static_cast<::ssize_t>(line.size())) {
    is_torn_ = false;
    return;
  }
  is_torn_ = is_torn_ || written > 0;  // The next event starts a new line, so that it can be read.
  complain(written < 0 ? errno : ENOSPC);
}

void EventLog::complain(int error) {
  if (has_complained_) return;
  has_complained_ = true;
  write_to_stderr(
      fmt::format("sorsweep: the log {} cannot be written ({}): the work goes on, but status will know less about it\n",
                  path_.string(), std::strerror(error)));
}

}  // namespace sorsweep
