// tested by: tests/python/plan_test.py (predicted)
#include "core/build_info.hpp"
#include "core/error.hpp"
#include "report/json.hpp"
#include "run/manifest.hpp"

namespace sorsweep {
namespace {

Json prediction_json(const std::optional<Prediction>& predicted) {
  if (!predicted) return nullptr;
  return {{"seconds", predicted->seconds},
          {"threads", predicted->threads},
          {"peak_memory", predicted->peak_memory},
          {"disk", predicted->disk}};
}

}  // namespace

std::string manifest_json(const Manifest& m) {
  const auto& build = build_info();
  Json days = Json::array();
  for (const auto& day : m.days) days.push_back({{"day", day.name}, {"rows", day.rows}, {"seal", day.seal}});
  Json json = {{"kind", "sorsweep.run"},
               {"run_id", m.run_id},
               {"program",
                {{"version", build.version},
                 {"git_sha", build.git_sha},
                 {"compiler", build.compiler},
                 {"build_type", build.build_type},
                 {"cpu_baseline", build.baseline},
                 {"results_version", kResultsVersion}}},
               {"config_hash", m.config_hash},
               {"result_hash", m.result_hash},
               {"identity", m.identity},
               {"host", m.host},
               {"threads", m.threads},
               {"points", m.points},
               {"units", m.units},
               {"units_resumed", m.units_resumed},
               {"started_at", m.started_at},
               {"ended_at", m.ended_at},
               {"wall_seconds", m.wall_seconds},
               {"peak_memory", m.peak_memory},
               {"disk", m.disk},
               {"predicted", prediction_json(m.predicted)},
               {"days", days}};
  return pretty(json);
}

std::string outline_json(const RunOutline& o) {
  const Json json = {{"run", o.run},
                     {"run_id", o.run_id},
                     {"units", o.units},
                     {"units_done", o.units_done},
                     {"threads", o.threads},
                     {"predicted_seconds", o.predicted_seconds},
                     {"merge_memory", o.merge_memory}};
  return pretty(json);
}

std::string plan_json(const PlanOutline& o) {
  const Json json = {{"points", o.points},
                     {"days", o.days},
                     {"units", o.units},
                     {"slices", o.slices},
                     {"candidates_a_slice", o.candidates_a_slice},
                     {"contenders_a_slice", o.contenders_a_slice},
                     {"predicted", prediction_json(o.predicted)},
                     {"thread_seconds", o.thread_seconds},
                     {"memory_budget", o.budget},
                     {"shards", o.shards},
                     {"longest_shard_seconds", o.longest_shard_seconds},
                     {"days_tried", o.days_tried},
                     {"slices_tried", o.slices_tried},
                     {"warnings", o.warnings}};
  return pretty(json);
}

Manifest read_manifest(const std::string& name, const std::string& manifest_text) {
  try {
    const auto json = Json::parse(manifest_text);
    Manifest m;
    const auto read = [&](const char* key, auto& field) { json.at(key).get_to(field); };
    read("run_id", m.run_id);
    read("identity", m.identity);
    read("config_hash", m.config_hash);
    read("result_hash", m.result_hash);
    read("host", m.host);
    read("threads", m.threads);
    read("points", m.points);
    read("units", m.units);
    read("units_resumed", m.units_resumed);
    read("started_at", m.started_at);
    read("ended_at", m.ended_at);
    read("wall_seconds", m.wall_seconds);
    if (!json.contains("days")) return m;  // An older version wrote it; the callers refuse it.
    read("peak_memory", m.peak_memory);
    read("disk", m.disk);
    if (const auto& p = json.at("predicted"); !p.is_null())
      m.predicted = Prediction{p.at("seconds"), p.at("threads"), p.at("peak_memory"), p.at("disk")};
    for (const auto& day : json["days"]) m.days.push_back({day.at("day"), day.at("rows"), day.at("seal")});
    return m;
  } catch (const Json::exception&) {
    throw Error(Exit::integrity, name + " is damaged", "", "delete the run, or choose another folder with -o");
  }
}

}  // namespace sorsweep
