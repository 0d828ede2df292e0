// tested by: tests/python/command_line_test.py (one_sided)
#include "app/verb_json.hpp"

#include <fmt/format.h>

#include "core/build_info.hpp"
#include "core/files.hpp"
#include "report/json.hpp"

namespace sorsweep {
namespace {

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

/// Returns the keys with which every entry of a list of days begins.
Json day_json(const DayKey& key, const std::filesystem::path& file) {
  return {{"symbol", key.symbol}, {"day", format_date(key.date)}, {"file", file.string()}};
}

void add_facts(Json& json, const QuoteFacts& facts, std::uint64_t bytes) {
  json["rows"] = facts.rows;
  json["publishers"] = facts.publishers;
  json["undefined_asks"] = facts.undefined_asks;
  json["one_sided"] = facts.one_sided;
  json["locked"] = facts.locked;
  json["crossed"] = facts.crossed;
  json["stale"] = facts.stale;
  json["bytes"] = bytes;
}

Json source_json(const SourceReport& source) {
  return {{"name", source.name},
          {"format", source.format},
          {"bytes", source.bytes},
          {"hash", source.hash},
          {"prices_are_nano", source.prices_are_nano},
          {"renamed_from", text_or_null(source.renamed_from)},
          {"rows_read", source.rows_read},
          {"rows_stored", source.rows_stored},
          {"rows_rejected", source.rows_rejected},
          {"rows_other_symbols", source.rows_other_symbols}};
}

Json parts_of(const Error& error) {
  return {{"problem", error.problem()}, {"why", text_or_null(error.why())}, {"remedy", text_or_null(error.advice())}};
}

template <class T>
Json object_of(const std::vector<std::pair<std::string, T>>& pairs) {
  Json json = Json::object();
  for (const auto& [name, value] : pairs) json[name] = value;
  return json;
}

}  // namespace

std::string synth_json(const SynthOptions& options, const std::filesystem::path& out, const std::string& format,
                       const std::vector<WrittenDay>& days) {
  Json json = {{"out", out.string()},
               {"symbol", options.symbol},
               {"venues", options.venues},
               {"seed", options.seed},
               {"format", format}};
  json["days"] = Json::array();
  for (const auto& day : days) {
    auto one = day_json({options.symbol, day.date}, day.file);
    one.update({{"rows", day.rows}, {"bytes", day.bytes}});
    json["days"].push_back(std::move(one));
  }
  return pretty(json);
}

std::string convert_json(const ConvertOptions& options, const ConvertReport& report) {
  Json json = {{"store", options.store.string()}, {"tz", options.tz}};
  json["sources"] = Json::array();
  for (const auto& source : report.sources) json["sources"].push_back(source_json(source));
  json["days"] = Json::array();
  for (const auto& day : report.days) {
    auto one = day_json(day.key, day.path);
    add_facts(one, day.facts, file_bytes(day.path));
    json["days"].push_back(std::move(one));
  }
  json["rejects"] = Json(report.rejects_by_kind);
  return pretty(json);
}

std::string inspect_json(const std::vector<InspectedDay>& days) {
  Json json;
  json["days"] = Json::array();
  for (const auto& day : days) {
    auto one = day_json(day.key, day.file);
    one["first"] = format_iso_time(day.first_ns);
    one["last"] = format_iso_time(day.last_ns);
    add_facts(one, day.facts, day.bytes);
    json["days"].push_back(std::move(one));
  }
  return pretty(json);
}

std::string verify_json(std::size_t files, const std::vector<DamagedFile>& damaged) {
  Json json = {{"files", files}, {"whole", files - damaged.size()}};
  json["damaged"] = Json::array();
  for (const auto& one : damaged) {
    Json entry = {{"file", one.file.string()}};
    entry.update(parts_of(one.error));
    json["damaged"].push_back(std::move(entry));
  }
  return pretty(json);
}

std::string replay_json(const ReplayReport& report) {
  Json json = {{"run", report.run.string()}, {"point", report.point}, {"out", text_or_null(report.out.string())}};
  json["days"] = Json::array();
  for (const auto& unit : report.units)
    json["days"].push_back({{"symbol", unit.key.symbol},
                            {"day", format_date(unit.key.date)},
                            {"summary", unit.summary},
                            {"log", rows_json(unit.log)}});
  return pretty(json);
}

std::string shard_json(const ShardOutcome& outcome) {
  return pretty({{"run", outcome.run},
                 {"run_id", outcome.run_id},
                 {"shard", outcome.shard},
                 {"units", outcome.units},
                 {"units_computed", outcome.units_computed},
                 {"units_resumed", outcome.units_resumed},
                 {"seconds", outcome.seconds},
                 {"peak_memory", outcome.peak_memory}});
}

std::string error_json(const Error& error) {
  Json json;
  json["error"] = parts_of(error);
  json["error"]["exit_code"] = static_cast<int>(error.code());
  return pretty(json);
}

std::string program_json(const ProgramFacts& facts) {
  const auto& build = build_info();
  Json json = {{"program", "sorsweep"},
               {"version", build.version},
               {"git_sha", build.git_sha},
               {"compiler", build.compiler},
               {"flags", build.flags},
               {"build_type", build.build_type},
               {"results_version", kResultsVersion}};
  json["schemas"] = object_of(facts.schemas);
  json["libraries"] = object_of(facts.libraries);
  json["cpu"] = {{"baseline", text_or_null(build.baseline)}, {"meets_baseline", facts.meets_baseline}};
  json["cpu"]["features"] = Json::object();
  for (const auto& feature : cpu_features()) json["cpu"]["features"][feature.name] = feature.has;
  return pretty(json);
}

std::string nlohmann_json_version() {
  return fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH);
}

}  // namespace sorsweep
