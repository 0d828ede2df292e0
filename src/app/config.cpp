#include "app/config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/config_section.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/hash.hpp"
#include "sorsweep/core/text.hpp"
#include "sorsweep/router/router.hpp"

namespace sorsweep {
namespace {

constexpr std::int64_t kMostShares = 1'000'000'000;
constexpr int kMostThreads = 4096;

Date date_of(const YamlNode& node, std::string_view name) {
  const auto date = parse_date(scalar_of(node, name));
  if (!date) refuse_at(node, fmt::format("{}: «{}» is not a date", name, node.scalar), "", "write it like 2024-08-01");
  return *date;
}

TimeNs time_of(const YamlNode& node, std::string_view name) {
  const auto time = parse_time_of_day(scalar_of(node, name));
  if (!time)
    refuse_at(node, fmt::format("{}: «{}» is not a time of day", name, node.scalar), "", "write it like \"09:35\"");
  return *time;
}

bool is_word(const YamlNode& node, std::string_view word) {
  return node.kind == YamlNode::Kind::scalar && node.scalar == word;
}

std::vector<std::string> read_symbols(const YamlNode& node) {
  std::vector<std::string> symbols;
  if (is_word(node, "all")) return symbols;
  if (node.kind != YamlNode::Kind::list || node.items.empty())
    refuse_at(node, "symbols must be a list of at least one, or all", "", "write it like [AAPL, MSFT]");
  for (const auto& item : node.items) {
    const auto& symbol = scalar_of(item, "symbols");
    if (std::ranges::find(symbols, symbol) != symbols.end())
      refuse_at(item, fmt::format("the symbol {} is there twice", symbol));
    symbols.push_back(symbol);
  }
  return symbols;
}

DaySelection read_days(const YamlNode& node) {
  DaySelection days;
  if (is_word(node, "all")) return days;
  if (node.kind == YamlNode::Kind::map) {
    const Section section(node, "days", {"from", "to"});
    if (const auto* from = section.find("from")) days.from = date_of(*from, "days.from");
    if (const auto* to = section.find("to")) days.to = date_of(*to, "days.to");
    return days;
  }
  if (node.kind != YamlNode::Kind::list || node.items.empty())
    refuse_at(node, "days must be all, a list of dates, or {from: DATE, to: DATE}");
  for (const auto& item : node.items) {
    const auto date = date_of(item, "days");
    if (!days.list.empty() && date <= days.list.back())
      refuse_at(item, fmt::format("the day {} is not behind the one before it", format_date(date)));
    days.list.push_back(date);
  }
  return days;
}

std::string read_router(const YamlNode& node) {
  const auto& name = scalar_of(node, "router");
  if (find_router(name) != nullptr) return name;
  std::vector<std::string> names;
  for (const auto& router : routers()) names.push_back(router.name);
  const auto hint = did_you_mean(name, names);
  refuse_at(node, fmt::format("there is no router «{}»", name), "",
            hint.empty() ? fmt::format("routers: {}", join_words(names)) : hint);
}

OrderConfig read_order(const YamlNode& node) {
  const Section section(node, "order", {"side", "shares", "start", "end", "tz"});
  OrderConfig order;
  if (const auto* side = section.find("side"); side && scalar_of(*side, "order.side") != "buy")
    refuse_at(*side, fmt::format("order.side is «{}»", side->scalar), "the router notebook can only buy", "write buy");
  order.shares = integer_of(section.need("shares"), "order.shares", 1, kMostShares);
  if (const auto* start = section.find("start")) order.start_ns = time_of(*start, "order.start");
  if (const auto* end = section.find("end")) {
    order.end_ns = time_of(*end, "order.end");
    if (*order.end_ns <= order.start_ns.value_or(0))
      refuse_at(*end, fmt::format("order.end {} is not after order.start{}", end->scalar,
                                  section.find("start") ? " " + section.find("start")->scalar : ""));
  }
  if (const auto* tz = section.find("tz")) {
    order.tz = scalar_of(*tz, "order.tz");
    try {
      const TimeZone check(order.tz);
    } catch (const Error& error) {
      throw error.within(tz->place);
    }
  }
  return order;
}

AxisSpec read_spaced(const YamlNode& node, const std::string& name) {
  const Section section(node, name, {"linear", "log", "points"});
  const auto* linear = section.find("linear");
  const auto* log = section.find("log");
  if ((linear == nullptr) == (log == nullptr)) refuse_at(node, fmt::format("{} needs one of linear and log", name));
  const auto& ends = linear ? *linear : *log;
  if (ends.kind != YamlNode::Kind::list || ends.items.size() != 2)
    refuse_at(ends, fmt::format("{} needs two ends", name), "", "write it like linear: [0.01, 0.06]");
  AxisSpec axis;
  axis.kind = linear ? AxisSpec::Kind::linear : AxisSpec::Kind::log;
  axis.values = {nano_of(ends.items[0], name), nano_of(ends.items[1], name)};
  axis.points = static_cast<std::size_t>(integer_of(section.need("points"), name + ".points", 1, 100'000'000));
  return axis;
}

AxisSpec read_axis(const YamlNode& node, const std::string& name) {
  if (node.kind == YamlNode::Kind::map) return read_spaced(node, name);
  AxisSpec axis;
  if (node.kind == YamlNode::Kind::list) {
    for (const auto& item : node.items) axis.values.push_back(nano_of(item, name));
  } else {
    axis.values = {nano_of(node, name)};
  }
  if (axis.values.empty()) refuse_at(node, fmt::format("{} is empty", name), "", "give it one value at least");
  return axis;
}

Axis make_axis(const AxisSpec& spec, const std::string& name) {
  switch (spec.kind) {
    case AxisSpec::Kind::linear:
      return linear_axis(name, spec.values[0], spec.values[1], spec.points);
    case AxisSpec::Kind::log:
      return log_axis(name, spec.values[0], spec.values[1], spec.points);
    default:
      return list_axis(name, spec.values);
  }
}

std::array<AxisSpec, Grid::kAxes> read_grid(const YamlNode& node) {
  const Section section(node, "grid", {Grid::kNames.begin(), Grid::kNames.end()});
  std::array<AxisSpec, Grid::kAxes> grid;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    const auto& axis = section.need(Grid::kNames[a]);
    grid[a] = read_axis(axis, section.full(Grid::kNames[a]));
    try {
      make_axis(grid[a], Grid::kNames[a]);
    } catch (const Error& error) {
      throw error.within(axis.place);
    }
  }
  return grid;
}

RunConfig read_run(const YamlNode& node) {
  const Section section(node, "run", {"out", "threads", "memory"});
  RunConfig run;
  if (const auto* out = section.find("out")) run.out = scalar_of(*out, "run.out");
  if (const auto* threads = section.find("threads"); threads && !is_word(*threads, "auto"))
    run.threads = static_cast<int>(integer_of(*threads, "run.threads", 1, kMostThreads));
  if (const auto* memory = section.find("memory"); memory && !is_word(*memory, "auto")) {
    const auto bytes = parse_bytes(scalar_of(*memory, "run.memory"));
    if (!bytes || *bytes == 0)
      refuse_at(*memory, fmt::format("run.memory: «{}» is no size", memory->scalar), "", "write it like 4GiB");
    run.memory = *bytes;
  }
  return run;
}

std::string nano_list(const std::vector<Nano>& values) {
  std::string text;
  for (const auto value : values) text += (text.empty() ? "" : ", ") + format_decimal(value);
  return "[" + text + "]";
}

std::string axis_text(const AxisSpec& axis) {
  if (axis.kind == AxisSpec::Kind::list) return nano_list(axis.values);
  return fmt::format("{{{}: {}, points: {}}}", axis.kind == AxisSpec::Kind::linear ? "linear" : "log",
                     nano_list(axis.values), axis.points);
}

/// The values of a logarithmic axis come from this machine's `pow`: their hash tells machines apart that differ in it.
std::string log_values(const AxisSpec& axis) {
  if (axis.kind != AxisSpec::Kind::log) return "";
  const auto values = make_axis(axis, "").values;
  return fmt::format(" ({})", Hasher().add_column(std::span<const Nano>(values)).hex().substr(0, 8));
}

std::string days_text(const DaySelection& days) {
  if (days.from || days.to)
    return fmt::format("{{{}{}{}}}", days.from ? "from: " + format_date(*days.from) : "",
                       days.from && days.to ? ", " : "", days.to ? "to: " + format_date(*days.to) : "");
  std::string text;
  for (const auto date : days.list) text += (text.empty() ? "" : ", ") + format_date(date);
  return text.empty() ? "all" : "[" + text + "]";
}

std::string quoted(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  return "\"" + escaped + "\"";
}

std::string symbols_text(const std::vector<std::string>& symbols) {
  std::string text;
  for (const auto& symbol : symbols) text += (text.empty() ? "" : ", ") + quoted(symbol);
  return text.empty() ? "all" : "[" + text + "]";
}

std::string clock_text(TimeNs time_of_day_ns) {
  return quoted(format_iso_time(time_of_day_ns).substr(11, 18));
}

std::string order_text(const OrderConfig& order) {
  return fmt::format("{{side: buy, shares: {}{}{}, tz: {}}}", order.shares,
                     order.start_ns ? ", start: " + clock_text(*order.start_ns) : "",
                     order.end_ns ? ", end: " + clock_text(*order.end_ns) : "", order.tz);
}

}  // namespace

Config read_config(const std::filesystem::path& path, const std::vector<std::string>& sets) {
  auto root = parse_yaml(path.string(), read_file(path, Exit::usage));
  for (const auto& assignment : sets) set_value(root, assignment);
  const Section section(root, "", {"store", "symbols", "days", "router", "order", "grid", "run"});
  Config config;
  config.store = scalar_of(section.need("store"), "store");
  if (const auto* symbols = section.find("symbols")) config.symbols = read_symbols(*symbols);
  if (const auto* days = section.find("days")) config.days = read_days(*days);
  config.router = read_router(section.need("router"));
  config.order = read_order(section.need("order"));
  config.grid = read_grid(section.need("grid"));
  if (const auto* run = section.find("run")) config.run = read_run(*run);
  return config;
}

Grid make_grid(const Config& config) {
  std::array<Axis, Grid::kAxes> axes;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) axes[a] = make_axis(config.grid[a], Grid::kNames[a]);
  return Grid(std::move(axes));
}

std::vector<std::string> semantic_lines(const Config& config) {
  std::vector<std::string> lines = {"symbols: " + symbols_text(config.symbols), "days: " + days_text(config.days),
                                    "router: " + config.router, "order: " + order_text(config.order)};
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    lines.push_back(
        fmt::format("grid.{}: {}{}", Grid::kNames[a], axis_text(config.grid[a]), log_values(config.grid[a])));
  return lines;
}

std::string to_yaml(const Config& config) {
  std::string text = fmt::format("store: {}\n", quoted(std::filesystem::absolute(config.store).string()));
  text += fmt::format("symbols: {}\ndays: {}\nrouter: {}\norder: {}\ngrid:\n", symbols_text(config.symbols),
                      days_text(config.days), config.router, order_text(config.order));
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    text += fmt::format("  {}: {}\n", Grid::kNames[a], axis_text(config.grid[a]));
  text += fmt::format("run: {{out: {}, threads: {}, memory: {}}}\n", quoted(config.run.out.string()),
                      config.run.threads ? fmt::format("{}", config.run.threads) : "auto",
                      config.run.memory ? fmt::format("{}B", config.run.memory) : "auto");
  return text;
}

}  // namespace sorsweep
