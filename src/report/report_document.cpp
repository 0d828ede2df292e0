#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/error.hpp"
#include "core/text.hpp"
#include "report/html.hpp"

namespace sorsweep {
namespace {

using Json = nlohmann::ordered_json;

/// More points than a reader looks at would make the page heavy, not better. The page says how many there are.
constexpr std::size_t kTopPoints = 25;
constexpr std::size_t kMostDays = 1'000;
constexpr std::size_t kMostProcesses = 100;

/// The page is for eyes. A surface's 8 digits are more than a screen shows, and half the bytes; tables have parameters,
/// which are compared and have 10.
constexpr int kSurfaceDigits = 8;
constexpr int kTableDigits = 10;

Json rounded(double value, int digits) {
  if (!std::isfinite(value)) return nullptr;
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, digits).ptr;
  double shorter = 0;
  std::from_chars(text, end, shorter);
  if (shorter == std::trunc(shorter) && std::abs(shorter) < 1e15) return static_cast<std::int64_t>(shorter);
  return shorter;
}

Json rounded(const std::vector<double>& values, int digits) {
  auto json = Json::array();
  for (const double value : values) json.push_back(rounded(value, digits));
  return json;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Json cell_json(std::string_view cell) {
  if (const auto number = parse_number<double>(cell)) return rounded(*number, kTableDigits);
  return std::string(cell);
}

/// Our own tables: no quotes, no commas in cells.
Json table_json(std::string_view csv, std::size_t most_rows) {
  auto lines = split(csv, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  if (lines.empty()) return {{"columns", Json::array()}, {"rows", Json::array()}, {"rows_in_file", 0}};
  auto rows = Json::array();
  for (std::size_t i = 1; i < std::min(lines.size(), most_rows + 1); ++i) {
    auto row = Json::array();
    for (const auto cell : split(lines[i], ',')) row.push_back(cell_json(cell));
    rows.push_back(std::move(row));
  }
  auto columns = Json::array();
  for (const auto name : split(lines.front(), ',')) columns.push_back(std::string(name));
  return {{"columns", columns}, {"rows", rows}, {"rows_in_file", lines.size() - 1}};
}

Json file_json(const char* name, const std::string& text) {
  if (text.empty()) return nullptr;
  auto json = Json::parse(text, nullptr, false);
  if (json.is_discarded())
    throw Error(Exit::integrity, std::string(name) + " is damaged", "it is not JSON", "sweep again");
  return json;
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

/// Columns: a third of the bytes of rows with names.
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

/// Nothing of what only shows when a process has ended: the sweep itself writes the page before.
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

std::string report_document(const ReportFiles& files, const ReportParts& parts) {
  Json json = {{"kind", "sorsweep.report"},
               {"schema_version", 1},
               {"best", file_json("best.json", files.best_json)},
               {"manifest", file_json("manifest.json", files.manifest_json)},
               {"days", table_json(files.days_csv, kMostDays)},
               {"points", table_json(files.summary_csv, kTopPoints)},
               {"axes", table_json(files.axes_csv, kMostDays)}};
  add_parts(json, parts);
  return json.dump() + "\n";
}

}  // namespace sorsweep
