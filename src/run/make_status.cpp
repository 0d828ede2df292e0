// tested by: tests/run/run_status_test.cpp (make_status)
// The status of a run, from the units that are there and from the event logs.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/error.hpp"
#include "run/coverage.hpp"
#include "run/run_events.hpp"
#include "run/run_status.hpp"

namespace sorsweep {
namespace {

/// What was finished earlier says nothing about the machines and days that are at work now.
constexpr TimeNs kRecent = 600 * kNsPerSecond;

/// Returns the cost of each unit, by name.
std::map<std::string, double> costs_of(const RunCoverage& coverage) {
  std::map<std::string, double> costs;
  for (std::size_t u = 0; u < coverage.units.size(); ++u)
    costs[coverage.units[u]] = coverage.cost.empty() ? 1 : coverage.cost[u];
  return costs;
}

double cost_left(const RunCoverage& coverage) {
  double sum = 0;
  for (std::size_t u = 0; u < coverage.units.size(); ++u)
    if (!coverage.done[u]) sum += coverage.cost.empty() ? 1 : coverage.cost[u];
  return sum;
}

/// Returns when the processes that are running now began, but not a time long ago. Nothing if no process is running.
std::optional<TimeNs> recent_since(const RunHistory& history, TimeNs now_ns) {
  std::optional<TimeNs> first;
  for (const auto& process : history.processes)
    if (process.state == RunProcess::State::running)
      first = std::min(first.value_or(process.start.time_ns), process.start.time_ns);
  if (first) first = std::max(*first, now_ns - kRecent);
  return first;
}

/// Adds rate and time to go, from what was finished since the running processes began.
void add_rate(const RunCoverage& coverage, const RunHistory& history, RunStatus& status) {
  const auto since = recent_since(history, status.now_ns);
  if (!since || *since >= status.now_ns) return;
  const auto costs = costs_of(coverage);
  std::size_t units = 0;
  double cost = 0;
  for (const auto& line : history.computed) {
    if (line.time_ns < *since) continue;
    const auto found = costs.find(line.unit);
    cost += found == costs.end() ? 1 : found->second;
    ++units;
  }
  const double seconds = static_cast<double>(status.now_ns - *since) / kNsPerSecond;
  status.rate_per_minute = 60 * static_cast<double>(units) / seconds;
  if (cost > 0) status.eta_seconds = cost_left(coverage) * seconds / cost;
}

std::vector<std::size_t> shards_lacking(const RunCoverage& coverage) {
  std::set<std::size_t> shards;
  for (std::size_t u = 0; u < coverage.units.size(); ++u)
    if (!coverage.done[u]) shards.insert(coverage.shard[u] + 1);
  return {shards.begin(), shards.end()};
}

}  // namespace

RunStatus make_status(const RunCoverage& coverage, const RunHistory& history, TimeNs now_ns) {
  RunStatus status;
  status.run_id = coverage.run_id;
  status.result_hash = coverage.result_hash;
  status.units = coverage.units.size();
  status.now_ns = now_ns;
  std::set<std::string> done;
  for (std::size_t u = 0; u < coverage.units.size(); ++u)
    if (coverage.done[u]) done.insert(coverage.units[u]);
  status.done = static_cast<std::size_t>(std::ranges::count(coverage.done, true));
  const auto is_open = [&](const auto& one) { return !done.contains(one.unit); };
  std::ranges::copy_if(history.running, std::back_inserter(status.running), is_open);
  const auto is_damaged = [](const FailedUnit& one) { return one.exit == static_cast<int>(Exit::integrity); };
  std::ranges::copy_if(history.failed, std::back_inserter(status.failed),
                       [&](const FailedUnit& one) { return is_open(one) || is_damaged(one); });
  if (!coverage.shard.empty()) status.missing_shards = shards_lacking(coverage);
  if (status.missing() > 0) add_rate(coverage, history, status);
  status.processes = history.processes;
  status.efficiency = efficiency_of(status.processes);
  for (const auto& process : status.processes) status.busy_seconds += process.busy_seconds;
  return status;
}

double RunningUnit::seconds(TimeNs now_ns) const {
  return static_cast<double>(std::max<TimeNs>(0, now_ns - since_ns)) / kNsPerSecond;
}

const char* to_string(RunProcess::State state) {
  constexpr std::array<const char*, 3> names = {"running", "ended", "lost"};
  return names[static_cast<std::size_t>(state)];
}

std::optional<double> efficiency_of(const std::vector<RunProcess>& processes) {
  double busy = 0;
  double wall = 0;
  for (const auto& process : processes) {
    busy += process.busy_seconds * process.start.threads;
    wall += process.wall_seconds * process.start.threads;
  }
  return wall > 0 ? std::optional(busy / wall) : std::nullopt;
}

}  // namespace sorsweep
