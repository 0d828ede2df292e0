// replay: one point alone, with its execution log.
#include <fmt/format.h>

#include <algorithm>

#include "app/config.hpp"
#include "app/day_loader.hpp"
#include "app/verbs.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/text.hpp"
#include "sorsweep/router/notebook.hpp"

namespace sorsweep {
namespace {

/// "lambda_over=0.1,lambda_under=0.2,theta_queue=0" as nano-dollars, in axis order.
std::array<Nano, Grid::kAxes> parse_point(std::string_view text) {
  const std::vector<std::string> names(Grid::kNames.begin(), Grid::kNames.end());
  std::array<std::optional<Nano>, Grid::kAxes> values;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const auto equals = std::min(part.find('='), part.size());
    const std::string name(part.substr(0, equals));
    const auto axis = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
    if (axis == Grid::kAxes)
      throw Error(Exit::usage, fmt::format("--point: there is no parameter «{}»", name), "",
                  did_you_mean(name, names));
    values[axis] = parse_decimal_rounded(part.substr(std::min(part.size(), equals + 1)));
    if (!values[axis]) throw Error(Exit::usage, fmt::format("--point: «{}» is not a number", part));
  }
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    if (!values[a]) throw Error(Exit::usage, fmt::format("--point lacks {}", names[a]));
  return {*values[0], *values[1], *values[2]};
}

std::vector<DayKey> select_replayed(const ReplayCommand& command, Config& config) {
  if (!command.symbol.empty()) config.symbols = {command.symbol};
  if (!command.day.empty()) {
    const auto date = parse_date(command.day);
    if (!date) throw Error(Exit::usage, fmt::format("--day {} is not a date", command.day));
    config.days = {{*date}, {}, {}};
  }
  auto units = select_units(config);
  if (units.front().symbol != units.back().symbol)
    throw Error(Exit::usage, "the run has several symbols", "the log has no column for them",
                "choose one with --symbol");
  return units;
}

std::string log_line(const notebook::Execution& fill) {
  return fmt::format("{},{},{},{},{},{}\n", format_iso_time(fill.ts_ns),
                     fill.kind == notebook::FillKind::market ? "market" : "limit", fill.publisher_id,
                     format_repr(fill.px), format_repr(fill.shares), format_repr(fill.cost));
}

}  // namespace

Exit run_replay(const ReplayCommand& command, Log& log) {
  const auto nano = parse_point(command.point);
  const Parameters point{to_dollars(nano[0]), to_dollars(nano[1]), to_dollars(nano[2])};
  const auto config_path = command.run / "config.resolved.yaml";
  if (!std::filesystem::exists(config_path))
    throw Error(Exit::input, fmt::format("{} is no run", command.run.string()),
                "it has no config.resolved.yaml");
  auto config = read_config(config_path, {});

  std::string text = "ts,type,venue,price,shares,cost\n";
  for (const auto& unit : select_replayed(command, config)) {
    std::vector<notebook::Execution> fills;
    const auto outcome =
        notebook::run(load_tape(config, unit), point, static_cast<double>(config.order.shares), &fills);
    for (const auto& fill : fills) text += log_line(fill);
    log.info(fmt::format("replay: {}: {} executions, {} shares for ${}", to_string(unit), fills.size(),
                         format_repr(outcome.filled_shares), format_repr(outcome.total_cost)));
  }
  if (command.out.empty()) {
    fmt::print("{}", text);
  } else {
    publish_text(command.out, text);
  }
  return Exit::ok;
}

}  // namespace sorsweep
