// plan: estimates what a sweep would take.
#include <fmt/format.h>

#include <algorithm>

#include "app/progress.hpp"
#include "app/run_options.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "job/probe.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {
namespace {

struct PlanCommand {
  RunRequest request;
  int shards = 1;
  bool json = false;
};

void declare(VerbOptions& options, PlanCommand& command) {
  add_request_options(options, command.request);
  options.add(
      {.names = "--shards", .description = "Shards of a cluster run", .value = "N", .least = 1, .most = kMostShards},
      command.shards);
  options.json(command.json);
}

constexpr ProbeEffort kEffort{4, 10, std::size_t{1} << 20};

/// Returns the longest shard's share of all work, by the estimates that divide units among shards.
double longest_share(const std::vector<PlannedUnit>& units, std::size_t shards) {
  const auto assigned = assign_shards(units, shards);
  std::vector<std::vector<PlannedUnit>> parts(shards);
  for (std::size_t u = 0; u < units.size(); ++u) parts[assigned[u]].push_back(units[u]);
  double longest = 0;
  for (const auto& part : parts) longest = std::max(longest, predicted_seconds(part, 1));
  return longest / std::max(1e-9, predicted_seconds(units, 1));
}

PlanOutline outline_of(const SweepJob& job, const Probe& probe, std::size_t shards) {
  PlanOutline outline;
  outline.points = job.plan.grid.size() * job.plan.configs.size();
  outline.days = job.plan.days.size();
  outline.units = job.plan.units.size();
  outline.slices = static_cast<std::uint64_t>(probe.slices_a_day * static_cast<double>(job.plan.days.size()));
  outline.candidates_a_slice = probe.candidates;
  outline.contenders_a_slice = probe.contenders;
  outline.predicted = probe.prediction;
  outline.thread_seconds = probe.thread_seconds;
  outline.budget = job.memory.resources.memory;
  outline.shards = shards;
  outline.longest_shard_seconds = probe.thread_seconds * longest_share(job.plan.units, shards) / job.threads();
  outline.days_tried = probe.days;
  outline.slices_tried = probe.slices;
  outline.warnings = probe.warnings;
  return outline;
}

std::string plan_text(const PlanOutline& o, const SweepJob& job) {
  const auto point_slices = static_cast<double>(job.plan.grid.size()) * static_cast<double>(o.slices);
  std::string text = fmt::format("points      {} × {} days in {} units\n", format_count(o.points), format_count(o.days),
                                 format_count(o.units));
  if (o.slices > 0)
    text += fmt::format("slices      {}: {:.3g} decisions{}\n", format_count(o.slices), point_slices,
                        o.candidates_a_slice > 0 ? fmt::format("; of {:.0f} placements a slice {:.0f} can win",
                                                               o.candidates_a_slice, o.contenders_a_slice)
                                                 : "");
  text += fmt::format("time        {} on {} threads of this machine ({} of one thread)\n",
                      format_seconds(o.predicted.seconds), o.predicted.threads, format_seconds(o.thread_seconds));
  if (o.shards > 1)
    text += fmt::format("            {} for the longest of {} shards of as many threads, then the merge\n",
                        format_seconds(o.longest_shard_seconds), format_count(o.shards));
  text +=
      fmt::format("memory      {} of a budget of {}\n", format_bytes(o.predicted.peak_memory), format_bytes(o.budget));
  text += fmt::format("disk        {}\n", format_bytes(o.predicted.disk));
  text += fmt::format("by trying   {} slices of {} days\n", o.slices_tried, o.days_tried);
  for (const auto& warning : o.warnings) text += fmt::format("warning     {}\n", warning);
  return text;
}

Exit run_plan(const PlanCommand& command, Log& log) {
  std::string text;
  {
    const Ticker ticker("plan", "checking the days, trying some slices", log.verbosity() < 0);
    const auto job = plan_sweep(command.request);
    const auto outline = outline_of(job, probe(job, kEffort), static_cast<std::size_t>(command.shards));
    text = command.json ? plan_json(outline) : plan_text(outline, job);
  }
  print_result(text);
  return Exit::ok;
}

}  // namespace

Verb plan_verb() {
  return make_verb(
      "plan", "Estimate a sweep's time, memory and disk; writes nothing",
      {"sorsweep plan configs/quickstart.yaml", "sorsweep plan configs/quickstart.yaml --shards 16 --json"}, declare,
      run_plan);
}

}  // namespace sorsweep
