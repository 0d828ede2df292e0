// replay: runs one point alone and writes its execution log.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "app/progress.hpp"
#include "app/run_options.hpp"
#include "app/verb_json.hpp"
#include "config/config.hpp"
#include "core/error.hpp"
#include "core/publication.hpp"
#include "core/text.hpp"
#include "job/day_loader.hpp"
#include "job/replay.hpp"
#include "run/run_folder.hpp"
#include "run/run_plan.hpp"
#include "sorsweep/app/verb.hpp"
#include "sorsweep/router/router.hpp"

namespace sorsweep {
namespace {

struct ReplayCommand {
  std::filesystem::path run;
  std::string point;          ///< "lambda_over=…,lambda_under=…,theta_queue=…".
  std::string symbol;         ///< Empty: the only symbol of the run.
  std::string day;            ///< Empty: all days of the run.
  std::filesystem::path out;  ///< Empty: standard output.
  bool json = false;
};

void declare(VerbOptions& options, ReplayCommand& command) {
  add_run_folder(options, command.run);
  options.add({.names = "--point",
               .description = "The grid's axes and structural keys, with their values",
               .value = "KEY=VALUE,…",
               .required = true},
              command.point);
  options.add({.names = "--symbol", .description = "Symbol, where the run has several", .value = "SYM"},
              command.symbol);
  options.add({.names = "--day", .description = "One day", .value = "DATE", .default_text = "all"}, command.day);
  options.add(
      {.names = "-o,--out", .description = "Where the log goes", .value = "FILE", .default_text = "standard output"},
      command.out);
  options.json(command.json);
}

/// The point that --point names: parameters of the grid in nano-dollars, and structural keys as written.
struct AskedPoint {
  std::array<std::optional<Nano>, Grid::kAxes> values;
  std::map<std::string, std::string> structural;
};

std::string hint(const std::string& name, const std::vector<std::string>& known) {
  const auto near = did_you_mean(name, known);
  return near.empty() ? fmt::format("name {}", join_words(known, "and")) : near;
}

/// Parses a point like "lambda_over=0.1,lambda_under=0.2,theta_queue=0,slice=5m".
/// \param names      names of the run's axes
/// \param structural the run's structural keys
/// \throws Error (usage)
AskedPoint parse_point(std::string_view text, const std::vector<std::string>& names,
                       const std::vector<std::string>& structural) {
  AskedPoint asked;
  auto known = names;
  known.insert(known.end(), structural.begin(), structural.end());
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const auto equals = std::min(part.find('='), part.size());
    const std::string name(part.substr(0, equals));
    const auto value = part.substr(std::min(part.size(), equals + 1));
    const auto at = static_cast<std::size_t>(std::ranges::find(known, name) - known.begin());
    if (at == known.size())
      throw Error(Exit::usage, fmt::format("--point: there is no parameter «{}»", name), "", hint(name, known));
    if (at < names.size() ? asked.values[at].has_value() : asked.structural.contains(name))
      throw Error(Exit::usage, fmt::format("--point names {} twice", name));
    if (at < names.size()) {
      asked.values[at] = parse_decimal_rounded(value);
      if (!asked.values[at])
        throw Error(Exit::usage, fmt::format("--point: «{}» is not a number", part), "", "write it like 0.0005");
    } else {
      asked.structural[name] = value;
    }
  }
  for (std::size_t a = 0; a < names.size(); ++a)
    if (!asked.values[a])
      throw Error(Exit::usage, fmt::format("--point lacks {}", names[a]), "",
                  fmt::format("name {}", join_words(known, "and")));
  return asked;
}

AskedPoint read_point(std::string_view text, const Config& config) {
  std::vector<std::string> names;
  for (std::size_t a = 0; a < config.grid.size(); ++a) names.push_back(find_router(config.router)->parameters[a].name);
  std::vector<std::string> structural;
  for (const auto& [key, value] : config.structural) structural.push_back(key);
  return parse_point(text, names, structural);
}

/// Returns the config of the structural point that the user asked for. \throws Error (usage)
const Config& choose_structural(const std::vector<Config>& configs, const AskedPoint& asked) {
  for (const auto& [key, values] : configs.front().structural_axes)
    if (!asked.structural.contains(key))
      throw Error(Exit::usage, fmt::format("--point lacks {}", key), "the run has several",
                  fmt::format("choose {}", join_words(values)));
  for (const auto& config : configs)
    if (std::ranges::all_of(config.structural,
                            [&](const auto& is) { return asked.structural.at(is.first) == is.second; }))
      return config;
  throw Error(Exit::usage, "--point names a structural point that the run does not have", "",
              "its days.csv lists them, as written in the config");
}

bool is_asked_for(const ReplayCommand& command, const DayKey& day) {
  return (command.symbol.empty() || command.symbol == day.symbol) &&
         (command.day.empty() || command.day == format_date(day.date));
}

/// Returns the days of the run that the user asked for. \throws Error (usage)
std::vector<DayKey> select_replayed(const ReplayCommand& command, const std::vector<DayKey>& days) {
  std::vector<DayKey> units;
  std::ranges::copy_if(days, std::back_inserter(units), [&](const DayKey& day) { return is_asked_for(command, day); });
  if (units.empty())
    throw Error(Exit::usage,
                fmt::format("the run has no unit «{}{}{}»", command.symbol,
                            command.symbol.empty() || command.day.empty() ? "" : " ", command.day),
                "", "its days.csv lists symbols and days");
  if (units.front().symbol != units.back().symbol)
    throw Error(Exit::usage, "the run has several symbols", "the log has no column for them",
                "choose one with --symbol");
  return units;
}

DayData load_replayed(const Config& config, const DayKey& day, const DayHashes& content) {
  try {
    return load_day(config, day, content);
  } catch (const Error& error) {
    throw error.within(to_string(day));
  }
}

/// Replays days one by one. Each must hold the data that the run saw.
/// \param content is that of the run's identity
std::vector<ReplayedUnit> replay_units(const Config& config, const Replay& replay, const std::vector<DayKey>& days,
                                       const DayHashes& content, Log& log) {
  std::vector<ReplayedUnit> units;
  StepProgress progress("replay", days.size(), "days", log.verbosity() < 0);
  for (const auto& day : days) {
    auto replayed = replay.day(load_replayed(config, day, content));
    log.info(fmt::format("replay: {}: {}", to_string(day), replayed.summary));
    units.push_back({day, std::move(replayed.summary), std::move(replayed.log)});
    progress.add();
  }
  return units;
}

Exit run_replay(const ReplayCommand& command, Log& log) {
  // This refuses a folder that is not a run, before we read its config.
  const auto identity = read_run(command.run).identity;
  const auto configs = read_configs(command.run / "config.resolved.yaml", {});
  const auto asked = read_point(command.point, configs.front());
  const auto& config = choose_structural(configs, asked);

  Grid::Values at{};
  for (std::size_t a = 0; a < at.size(); ++a) at[a] = asked.values[a].value_or(0);
  const auto replay = make_replay(config, at);
  const auto days = select_replayed(command, days_of_run(identity, config.symbols));
  auto units = replay_units(config, *replay, days, identity.content, log);
  auto text = to_csv(replay->empty_log());
  for (const auto& unit : units) text += csv_rows(unit.log);
  if (!command.out.empty()) publish_text(command.out, text);
  if (command.json) {
    print_result(replay_json({command.run, command.point, command.out, std::move(units)}));
  } else if (command.out.empty()) {
    print_result(text);
  }
  return Exit::ok;
}

}  // namespace

Verb replay_verb() {
  return make_verb(
      "replay", "Run one point alone and write its execution log as CSV",
      {"sorsweep replay runs/first --point lambda_over=0.05,lambda_under=0.05,theta_queue=0 --day 2024-07-08"}, declare,
      run_replay);
}

}  // namespace sorsweep
