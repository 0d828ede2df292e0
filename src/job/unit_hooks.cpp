// tested by: tests/python/shards_test.py (resumed)
#include "job/unit_hooks.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "job/day_loader.hpp"
#include "run/alone_command.hpp"

namespace sorsweep {
namespace {

std::string key_of(const DayKey& day, RowRange rows) {
  return fmt::format("{} {}", to_string(day), rows.first);
}

[[noreturn]] void refuse_missing() {
  throw Error(Exit::incomplete, "the run lacks a unit's file", "its sweep did not end, or the file was deleted",
              "run the sweep again: it computes what is missing");
}

}  // namespace

GraphOptions graph_options(const SweepJob& job, std::size_t structural_point) {
  return {days_of(job.plan.units, job.own, structural_point),
          job.request.engine,
          job.threads(),
          job.memory.days_in_flight,
          job.plan.keeps_surfaces(),
          job.plan.configs[structural_point].run.metrics,
          !job.request.shard};
}

UnitHooks::UnitHooks(const SweepJob& job, std::size_t structural_point, const RunWatch& watch, UnitCounts& counts)
    : job_(job), config_(job.plan.configs[structural_point]), watch_(watch), counts_(counts) {
  for (const auto& unit : job.plan.units)
    if (unit.structural_point == structural_point) names_[key_of(unit.name.day, unit.name.rows)] = &unit.name;
}

const UnitName& UnitHooks::name_of(const DayKey& day, RowRange rows) const {
  return *names_.at(key_of(day, rows));
}

GraphHooks UnitHooks::make(bool reads) {
  GraphHooks hooks;
  hooks.find = [this, reads](const DayKey& day, RowRange rows) { return find(name_of(day, rows), reads); };
  hooks.begin = [this](const DayKey& day, RowRange rows) {
    if (watch_.events) watch_.events->unit_begin(to_string(name_of(day, rows)));
  };
  hooks.load = [this](const DayKey& day) { return load_day(config_, day, job_.plan.identity.content); };
  hooks.publish = [this](const DayKey& day, RowRange rows, const UnitResult& unit) {
    publish(name_of(day, rows), unit);
  };
  hooks.points_done = [this](std::size_t points) { watch_.observer.add_points(points); };
  hooks.alone = [this](const DayKey& day) { return alone(day); };
  hooks.failed = [this](const DayKey& day, RowRange rows, const Error& error) {
    if (watch_.events)
      watch_.events->unit_failed(to_string(name_of(day, rows)), error.code(), error.what(),
                                 error.code() == Exit::resources ? "" : alone(day));
    return false;
  };
  return hooks;
}

std::string UnitHooks::alone(const DayKey& day) const {
  return alone_command(job_.request, config_.structural, day, job_.folder.path());
}

std::optional<UnitResult> UnitHooks::find(const UnitName& name, bool reads) {
  std::optional<UnitResult> found;
  if (reads) {
    found = job_.folder.read_unit(name, points_kept(job_.plan, name.rows), is_sliced(config_));
  } else if (job_.folder.has_unit(name)) {
    found.emplace();
  }
  if (!found && job_.request.only_finished) refuse_missing();
  const std::lock_guard lock(mutex_);
  if (!found || !counted_.insert(&name).second) return found;  // A day that lacked memory is looked for twice.
  if (watch_.events) watch_.events->unit_done(to_string(name), false);
  ++counts_.resumed;
  watch_.observer.add_unit();
  if (job_.plan.keeps_surfaces()) watch_.observer.add_points(name.rows.size() * job_.plan.grid.points_per_row());
  return found;
}

void UnitHooks::publish(const UnitName& name, const UnitResult& unit) {
  job_.folder.write_unit(name, unit, config_);
  if (watch_.events) watch_.events->unit_done(to_string(name), true);
  const std::lock_guard lock(mutex_);
  counted_.insert(&name);
  ++counts_.computed;
  watch_.observer.add_unit();
}

}  // namespace sorsweep
