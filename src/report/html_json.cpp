// tested by: tests/report/report_test.cpp (report_document)
#include <fmt/format.h>

#include <set>

#include "core/error.hpp"
#include "report/html.hpp"
#include "report/json.hpp"

namespace sorsweep {
namespace {

// These limit the rows of the page's tables: more would make it heavier, not better, and it says how many there are.
constexpr std::size_t kTopPoints = 25;
constexpr std::size_t kMostDays = 1'000;
constexpr std::size_t kMostProcesses = 100;

/// The surface is rounded to this many significant digits: more than a screen shows, at half the bytes of all digits.
constexpr int kSurfaceDigits = 8;

/// Writes JSON text on one line, as part of a larger value, or null where there is none.
std::string one_line(const std::string& text) {
  if (text.empty()) return "null";
  std::string line;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted || (c != ' ' && c != '\n')) line += c;
    if (is_quoted && c == '\\') line += text[++i];
  }
  return line;
}

Json axes_json(const std::vector<ReportAxis>& axes) {
  auto json = Json::array();
  for (const auto& axis : axes)
    json.push_back({{"name", axis.name},
                    {"first", rounded(axis.first, kTableDigits)},
                    {"last", rounded(axis.last, kTableDigits)},
                    {"points", axis.points}});
  return json;
}

Json surface_json(const ReportSurface& surface) {
  return {{"unit", surface.unit},
          {"axes", axes_json(surface.axes)},
          {"least", rounded(surface.least, kSurfaceDigits)},
          {"mean", rounded(surface.mean, kSurfaceDigits)},
          {"most", rounded(surface.most, kSurfaceDigits)},
          {"best_point", surface.best_point}};
}

Json intervals_json(const std::vector<ReportInterval>& intervals) {
  auto json = Json::array();
  for (const auto& i : intervals)
    json.push_back({{"against", i.against},
                    {"mean", i.mean},
                    {"low", i.low ? Json(*i.low) : Json()},
                    {"high", i.high ? Json(*i.high) : Json()},
                    {"level", i.level},
                    {"out_of_sample", i.out_of_sample}});
  return json;
}

Json verdict_json(const ReportVerdict& verdict) {
  Json json{{"standing", verdict.standing}, {"sentences", verdict.sentences}, {"pbo", nullptr}};
  if (verdict.pbo) json["pbo"] = *verdict.pbo;
  return json;
}

Json walk_forward_json(const ReportWalkForward& walk) {
  auto series = Json::array();
  for (const auto& one : walk.series)
    series.push_back({{"name", one.name}, {"values", rounded(one.values, kTableDigits)}});
  return {{"unit", walk.unit}, {"days", walk.days}, {"series", series}};
}

/// Columns take a third of the bytes of rows with names.
Json execution_json(const ReportExecution& day) {
  Json slices = {{"begin", Json::array()},
                 {"bid", Json::array()},
                 {"ask", Json::array()},
                 {"shares", Json::array()},
                 {"slippage", Json::array()}};
  for (const auto& slice : day.slices) {
    slices["begin"].push_back(slice.begin);
    slices["bid"].push_back(rounded(slice.bid, kTableDigits));
    slices["ask"].push_back(rounded(slice.ask, kTableDigits));
    slices["shares"].push_back(rounded(slice.shares, kTableDigits));
    slices["slippage"].push_back(rounded(slice.slippage, kTableDigits));
  }
  Json fills = {{"slice", Json::array()},
                {"price", Json::array()},
                {"shares", Json::array()},
                {"kind", Json::array()},
                {"venue", Json::array()}};
  for (const auto& fill : day.fills) {
    fills["slice"].push_back(fill.slice);
    fills["price"].push_back(rounded(fill.price, kTableDigits));
    fills["shares"].push_back(rounded(fill.shares, kTableDigits));
    fills["kind"].push_back(fill.kind);
    fills["venue"].push_back(fill.venue);
  }
  return {{"symbol", day.symbol}, {"date", day.date}, {"slices", slices}, {"fills", fills}};
}

Json winners_json(const ReportWinners& winners) {
  return {{"label", winners.label},
          {"axes", axes_json(winners.axes)},
          {"fixed", winners.fixed},
          {"placements", winners.placements},
          {"cell", winners.cell}};
}

Json process_json(const ReportProcess& process) {
  return {{"host", process.host},
          {"shard", process.shard},
          {"threads", process.threads},
          {"units_computed", process.units_computed},
          {"units_resumed", process.units_resumed},
          {"units_failed", process.units_failed},
          {"seconds", rounded(process.seconds, kTableDigits)},
          {"busy_seconds", rounded(process.busy_seconds, kTableDigits)},
          {"peak_memory", process.peak_memory},
          {"restart", process.restart}};
}

/// Leaves out what only shows when a process has ended: the sweep writes the page before that.
Json computation_json(const ReportComputation& computation) {
  std::set<std::string> hosts;
  std::size_t units = 0;
  std::size_t restarts = 0;
  double busy = 0;
  auto first = Json::array();
  for (const auto& process : computation.processes) {
    hosts.insert(process.host);
    units += process.units_computed;
    restarts += process.restart > 0;
    busy += process.busy_seconds;
    if (first.size() < kMostProcesses) first.push_back(process_json(process));
  }
  const auto& efficiency = computation.efficiency;
  return {{"efficiency", efficiency ? rounded(*efficiency, kTableDigits) : Json()},
          {"busy_seconds", rounded(busy, kTableDigits)},
          {"units_computed", units},
          {"hosts", hosts.size()},
          {"restarts", restarts},
          {"processes_in_logs", computation.processes.size()},
          {"processes", first}};
}

void add_parts(Json& json, const ReportParts& parts) {
  if (parts.drift_bps) json["drift_bps"] = rounded(*parts.drift_bps, kTableDigits);
  if (parts.surface) json["surface"] = surface_json(*parts.surface);
  if (!parts.intervals.empty()) json["intervals"] = intervals_json(parts.intervals);
  if (parts.verdict) json["verdict"] = verdict_json(*parts.verdict);
  if (parts.walk_forward) json["walk_forward"] = walk_forward_json(*parts.walk_forward);
  for (const auto& day : parts.execution) json["execution"].push_back(execution_json(day));
  for (const auto& slice : parts.winners) json["winners"].push_back(winners_json(slice));
  if (parts.computation) json["computation"] = computation_json(*parts.computation);
  json["absent"] = parts.absent;
}

}  // namespace

std::string report_document(const ReportTables& tables, const ReportParts& parts) {
  if (!tables.manifest_json.empty() && !Json::accept(tables.manifest_json))
    throw Error(Exit::integrity, "manifest.json is damaged", "it is not JSON", "sweep again");
  Json json = {{"days", table_json(tables.days, kMostDays)},
               {"points", table_json(tables.points, kTopPoints)},
               {"axes", table_json(tables.axes, kMostDays)}};
  add_parts(json, parts);
  return fmt::format("{{\"kind\":\"sorsweep.report\",\"schema_version\":1,\"best\":{},\"manifest\":{},{}\n",
                     one_line(tables.best_json), one_line(tables.manifest_json), json.dump().substr(1));
}

}  // namespace sorsweep
