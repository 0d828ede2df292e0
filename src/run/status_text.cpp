// tested by: tests/python/status_test.py (merged)
// The status of a run, as text for people.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/text.hpp"
#include "run/run_status.hpp"

namespace sorsweep {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// More would not fit a terminal; the JSON lists all of them.
constexpr std::size_t kMostListed = 20;

std::string percent(double share) {
  return fmt::format("{:.0f} %", 100 * share);
}

std::string shard_text(const std::string& shard) {
  return shard.empty() ? "-" : shard;
}

std::size_t count_of(const RunStatus& status, RunProcess::State state) {
  return static_cast<std::size_t>(std::ranges::count(status.processes, state, &RunProcess::state));
}

std::string processes_text(const RunStatus& status) {
  return fmt::format("{} running, {} ended, {} lost", count_of(status, RunProcess::State::running),
                     count_of(status, RunProcess::State::ended), count_of(status, RunProcess::State::lost));
}

std::string missing_text(const RunStatus& status) {
  return status.failed.empty() && status.running.empty()
             ? format_count(status.missing())
             : fmt::format("{} (running and failed ones are among them)", format_count(status.missing()));
}

std::string done_text(const RunStatus& status) {
  const auto share = status.units ? static_cast<double>(status.done) / static_cast<double>(status.units) : 0;
  return fmt::format("{} of {} ({:.0f} %)", format_count(status.done), format_count(status.units),
                     std::floor(100 * share));
}

/// Adds what is known about time. That is nothing before the first unit is ready, because zeros would look like bad
/// news.
void add_times(const RunStatus& status, Rows& rows) {
  if (status.busy_seconds <= 0) return;
  if (status.rate_per_minute) rows.push_back({"rate", fmt::format("{:.3g} units a minute", *status.rate_per_minute)});
  if (status.eta_seconds) rows.push_back({"time to go", fmt::format("about {}", format_seconds(*status.eta_seconds))});
  if (status.efficiency)
    rows.push_back({"efficiency", fmt::format("{} of the processes' time was spent in units that count ({})",
                                              percent(*status.efficiency), format_seconds(status.busy_seconds))});
}

/// Names the hosts whose clocks differ from that of the file system, as "n1 1h00m ahead", each once.
std::string clocks_text(const RunStatus& status) {
  std::map<std::string, std::string> hosts;
  for (const auto& process : status.processes)
    if (const auto ahead = process.clock_ahead_ns; ahead != 0)
      hosts[process.start.host] = fmt::format("{} {} {}", process.start.host,
                                              format_seconds(std::abs(static_cast<double>(ahead)) / kNsPerSecond),
                                              ahead > 0 ? "ahead" : "behind");
  std::vector<std::string> words;
  for (const auto& [host, text] : hosts) words.push_back(text);
  return join_some(words);
}

std::string shards_text(const std::vector<std::size_t>& shards) {
  return shards.empty() ? "none" : fmt::format("{}", fmt::join(shards, ","));
}

std::string overview(const RunStatus& status) {
  Rows rows = {{"units done", done_text(status)},
               {"running", format_count(status.running.size())},
               {"failed", format_count(status.failed.size())},
               {"missing", missing_text(status)}};
  if (status.missing_shards) rows.push_back({"shards that lack units", shards_text(*status.missing_shards)});
  add_times(status, rows);
  if (const auto clocks = clocks_text(status); !clocks.empty())
    rows.push_back({"clocks", fmt::format("{}: their times are corrected", clocks)});
  rows.push_back({"processes", status.processes.empty() ? "no logs" : processes_text(status)});
  if (!status.result_hash.empty()) rows.push_back({"result", status.result_hash});
  return align_table(rows, 2);
}

std::string more_text(std::size_t all) {
  return all > kMostListed ? fmt::format("  and {} more (see --json)\n", all - kMostListed) : "";
}

std::string failed_text(const RunStatus& status) {
  std::string text = "\nFailed\n";
  for (std::size_t i = 0; i < std::min(kMostListed, status.failed.size()); ++i) {
    const auto& one = status.failed[i];
    text += fmt::format("  {} on {}{}, exit {}: {}\n", one.unit, one.host,
                        one.shard.empty() ? "" : fmt::format(", shard {}", one.shard), one.exit, one.error);
    if (!one.alone.empty()) text += fmt::format("    alone: {}\n", one.alone);
  }
  return text + more_text(status.failed.size());
}

std::string running_text(const RunStatus& status) {
  Rows rows = {{"  unit", "host", "shard", "for"}};
  for (std::size_t i = 0; i < std::min(kMostListed, status.running.size()); ++i) {
    const auto& one = status.running[i];
    rows.push_back(
        {fmt::format("  {}", one.unit), one.host, shard_text(one.shard), format_seconds(one.seconds(status.now_ns))});
  }
  return "\nRunning\n" + align_table(rows, 3) + more_text(status.running.size());
}

}  // namespace

std::string status_text(const RunStatus& status, const std::string& run) {
  const auto* state = !status.result_hash.empty() ? "merged"
                      : status.missing() == 0     ? "ready to be merged"
                                                  : "not done";
  auto text = fmt::format("{}: run {}, {}\n{}", run, status.run_id, state, overview(status));
  if (!status.failed.empty()) text += failed_text(status);
  if (!status.running.empty()) text += running_text(status);
  return tame(text);
}

}  // namespace sorsweep
