// replay: one point alone, with its execution log.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/config.hpp"
#include "app/day_loader.hpp"
#include "app/output.hpp"
#include "app/replay_log.hpp"
#include "app/run_folder.hpp"
#include "app/verbs.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/text.hpp"

namespace sorsweep {
namespace {

/// "lambda_over=0.1,lambda_under=0.2,theta_queue=0" as nano-dollars, in axis order.
/// \param axes how many of Grid::kNames the run's grid has
std::array<Nano, Grid::kAxes> parse_point(std::string_view text, std::size_t axes) {
  const std::vector<std::string> names(Grid::kNames.begin(), Grid::kNames.begin() + static_cast<std::ptrdiff_t>(axes));
  std::array<std::optional<Nano>, Grid::kAxes> values;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const auto equals = std::min(part.find('='), part.size());
    const std::string name(part.substr(0, equals));
    const auto axis = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
    if (axis == axes)
      throw Error(Exit::usage, fmt::format("--point: there is no parameter «{}»", name), "", did_you_mean(name, names));
    if (values[axis]) throw Error(Exit::usage, fmt::format("--point names {} twice", name));
    values[axis] = parse_decimal_rounded(part.substr(std::min(part.size(), equals + 1)));
    if (!values[axis]) throw Error(Exit::usage, fmt::format("--point: «{}» is not a number", part));
  }
  for (std::size_t a = 0; a < axes; ++a)
    if (!values[a]) throw Error(Exit::usage, fmt::format("--point lacks {}", names[a]));
  return {*values[0], *values[1], *values[2], values[3].value_or(0)};
}

bool is_asked_for(const ReplayCommand& command, const DayKey& day) {
  return (command.symbol.empty() || command.symbol == day.symbol) &&
         (command.day.empty() || command.day == format_date(day.date));
}

/// The run's units that are asked for; their data must be what the run saw.
/// \param content hashes of the data that it saw, by unit
std::vector<DayKey> select_replayed(const ReplayCommand& command, const Config& config,
                                    const std::map<std::string, std::string>& content) {
  std::vector<DayKey> units;
  for (const auto& unit : select_units(config))
    if (content.contains(to_string(unit)) && is_asked_for(command, unit)) units.push_back(unit);
  if (units.empty())
    throw Error(Exit::usage, fmt::format("the run has no unit «{} {}»", command.symbol, command.day), "",
                "its days.csv lists symbols and days");
  if (units.front().symbol != units.back().symbol)
    throw Error(Exit::usage, "the run has several symbols", "the log has no column for them",
                "choose one with --symbol");
  for (const auto& header : check_days(config, units))
    if (header.content != content.at(to_string(header.key)))
      throw Error(Exit::integrity, fmt::format("{} has changed since the run", to_string(header.key)),
                  "the store holds other data under that name", "sweep it again");
  return units;
}

}  // namespace

Exit run_replay(const ReplayCommand& command, Log& log) {
  const auto content = read_run_content(command.run);  // refuses what is no run, before its config is asked for
  const auto config = read_config(command.run / "config.resolved.yaml", {});

  const auto [over, under, theta, half_spread] = parse_point(command.point, config.grid.size());
  const auto replay = make_replay(config, {over, under, theta, half_spread});
  std::string text = replay->header();
  for (const auto& unit : select_replayed(command, config, content)) {
    auto replayed = replay->day(load_day(config, unit));
    text += replayed.rows;
    log.info(fmt::format("replay: {}: {}", to_string(unit), replayed.summary));
  }
  if (command.out.empty()) {
    print_result(text);
  } else {
    publish_text(command.out, text);
  }
  return Exit::ok;
}

}  // namespace sorsweep
