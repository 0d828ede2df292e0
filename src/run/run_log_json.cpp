// tested by: tests/run/event_log_test.cpp (read_event)
// The JSON of event logs and of a run's status.
#include <algorithm>
#include <array>

#include "report/json.hpp"
#include "run/run_status.hpp"

namespace sorsweep {
namespace {

using Kind = RunEvent::Kind;

constexpr std::array<const char*, 6> kKindNames = {"start", "unit_begin", "unit", "unit_failed", "stop", "end"};

Json slurm_json(const SlurmIds& ids) {
  return {
      {"job", ids.job}, {"array_job", ids.array_job}, {"task", ids.task}, {"restart", ids.restart}, {"node", ids.node}};
}

void add_start(Json& json, const RunEvent& event) {
  if (event.file_time_ns != 0) json["file_time"] = format_iso_time(event.file_time_ns);
  json["host"] = event.host;
  json["pid"] = event.pid;
  if (!event.pid_namespace.empty()) json["pid_namespace"] = event.pid_namespace;
  json["shard"] = event.shard;
  json["threads"] = event.threads;
  json["memory"] = event.memory;
  if (event.slurm) json["slurm"] = slurm_json(*event.slurm);
  json["units"] = event.units;
  json["command"] = event.command;
}

void add_fields(Json& json, const RunEvent& event) {
  switch (event.kind) {
    case Kind::start:
      return add_start(json, event);
    case Kind::unit_begin:
      json["unit"] = event.unit;
      return;
    case Kind::unit:
      json.update({{"unit", event.unit},
                   {"seconds", event.seconds},
                   {"fresh", event.fresh},
                   {"peak_memory", event.peak_memory}});
      return;
    case Kind::unit_failed:
      json.update({{"unit", event.unit}, {"exit", event.exit}, {"error", event.error}, {"alone", event.alone}});
      return;
    case Kind::stop:
      json["signal"] = event.signal;
      json["abandoned"] = event.abandoned;
      return;
    case Kind::end:
      json.update({{"exit", event.exit},
                   {"units_computed", event.units_computed},
                   {"units_resumed", event.units_resumed},
                   {"seconds", event.seconds},
                   {"peak_memory", event.peak_memory}});
      return;
  }
}

/// Reads a field. If the key is missing, the field stays as it is.
template <class T>
void read(const Json& json, const char* key, T& field) {
  if (const auto found = json.find(key); found != json.end()) field = found->get<T>();
}

std::optional<SlurmIds> read_slurm(const Json& json) {
  const auto found = json.find("slurm");
  if (found == json.end()) return std::nullopt;
  SlurmIds ids;
  read(*found, "job", ids.job);
  read(*found, "array_job", ids.array_job);
  read(*found, "task", ids.task);
  read(*found, "restart", ids.restart);
  read(*found, "node", ids.node);
  return ids;
}

/// Reads every field that is there, whatever the kind of the event.
void read_fields(const Json& json, RunEvent& event) {
  std::string file_time;
  read(json, "file_time", file_time);
  event.file_time_ns = parse_iso_time(file_time).value_or(0);
  read(json, "host", event.host);
  read(json, "pid", event.pid);
  read(json, "pid_namespace", event.pid_namespace);
  read(json, "shard", event.shard);
  read(json, "threads", event.threads);
  read(json, "memory", event.memory);
  event.slurm = read_slurm(json);
  read(json, "units", event.units);
  read(json, "command", event.command);
  read(json, "unit", event.unit);
  read(json, "fresh", event.fresh);
  read(json, "error", event.error);
  read(json, "alone", event.alone);
  read(json, "exit", event.exit);
  read(json, "seconds", event.seconds);
  read(json, "peak_memory", event.peak_memory);
  read(json, "signal", event.signal);
  read(json, "abandoned", event.abandoned);
  read(json, "units_computed", event.units_computed);
  read(json, "units_resumed", event.units_resumed);
}

Json number_json(const std::optional<double>& number) {
  return number ? Json(*number) : Json();
}

Json running_json(const RunStatus& status) {
  auto json = Json::array();
  for (const auto& one : status.running)
    json.push_back({{"unit", one.unit},
                    {"host", one.host},
                    {"shard", one.shard},
                    {"since", format_iso_time(one.since_ns)},
                    {"seconds", one.seconds(status.now_ns)}});
  return json;
}

Json failed_json(const RunStatus& status) {
  auto json = Json::array();
  for (const auto& one : status.failed)
    json.push_back({{"unit", one.unit},
                    {"error", one.error},
                    {"exit", one.exit},
                    {"alone", one.alone},
                    {"host", one.host},
                    {"shard", one.shard},
                    {"time", format_iso_time(one.time_ns)}});
  return json;
}

Json process_json(const RunProcess& process) {
  const auto& start = process.start;
  const bool has_ended = process.state == RunProcess::State::ended;
  Json json = {{"host", start.host},
               {"pid", start.pid},
               {"shard", start.shard},
               {"state", to_string(process.state)},
               {"exit", has_ended ? Json(process.exit) : Json()},
               {"signal", process.signal},
               {"started", format_iso_time(start.time_ns)},
               {"last", format_iso_time(process.last_ns)},
               {"clock_ahead_seconds", static_cast<double>(process.clock_ahead_ns) / kNsPerSecond},
               {"threads", start.threads},
               {"memory", start.memory},
               {"units", start.units},
               {"units_computed", process.units_computed},
               {"units_resumed", process.units_resumed},
               {"units_failed", process.units_failed},
               {"seconds", process.wall_seconds},
               {"busy_seconds", process.busy_seconds},
               {"peak_memory", process.peak_memory}};
  if (start.slurm) json["slurm"] = slurm_json(*start.slurm);
  return json;
}

/// Returns one line. A path need not be UTF-8.
std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const RunEvent& event) {
  Json json = {{"event", kKindNames[static_cast<std::size_t>(event.kind)]}, {"time", format_iso_time(event.time_ns)}};
  add_fields(json, event);
  return line_of(json);
}

std::optional<RunEvent> read_event(std::string_view line) {
  try {
    const auto json = Json::parse(line);
    const auto kind = std::ranges::find(kKindNames, json.at("event").get<std::string>());
    const auto time = parse_iso_time(json.at("time").get<std::string>());
    if (kind == kKindNames.end() || !time) return std::nullopt;
    RunEvent event;
    event.kind = static_cast<Kind>(kind - kKindNames.begin());
    event.time_ns = *time;
    read_fields(json, event);
    return event;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

std::string status_json(const RunStatus& status) {
  Json json = {{"run_id", status.run_id},     {"units", status.units},           {"done", status.done},
               {"missing", status.missing()}, {"running", running_json(status)}, {"failed", failed_json(status)}};
  if (status.missing_shards) json["missing_shards"] = *status.missing_shards;
  json["rate_per_minute"] = number_json(status.rate_per_minute);
  json["eta_seconds"] = number_json(status.eta_seconds);
  json["efficiency"] = number_json(status.efficiency);
  json["busy_seconds"] = status.busy_seconds;
  json["processes"] = Json::array();
  for (const auto& process : status.processes) json["processes"].push_back(process_json(process));
  json["merged"] = !status.result_hash.empty();
  json["result_hash"] = status.result_hash;
  return line_of(json) + "\n";
}

}  // namespace sorsweep
