/// \file
/// The command line as plain structs. The only door to CLI11.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/unit_plan.hpp"
#include "sorsweep/market/synth.hpp"
#include "sorsweep/store/convert.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

struct SynthCommand {
  SynthOptions options;
  std::filesystem::path out;
  std::string format = "csv";  ///< or csv.zst
};

struct ConvertCommand {
  ConvertOptions options;
};

struct InspectCommand {
  std::filesystem::path path;
};

struct VerifyCommand {
  std::filesystem::path path;
};

struct SweepCommand {
  std::filesystem::path config;
  std::filesystem::path run;  ///< empty: <run.out>/<id>
  std::optional<int> threads;
  std::optional<std::uint64_t> memory;
  Engine engine = Engine::collapse;
  std::vector<std::string> sets;                  ///< key=value over the YAML
  std::optional<Shard> shard;                     ///< only this part, and no results
  bool init = false;                              ///< make the run's folder and stop
  std::optional<std::chrono::nanoseconds> grace;  ///< for units in flight, after a signal; nothing: until they are done
  bool json = false;
  bool stats = false;
};

struct ReplayCommand {
  std::filesystem::path run;
  std::string point;          ///< "lambda_over=…,lambda_under=…,theta_queue=…"
  std::string symbol;         ///< empty: the run's only one
  std::string day;            ///< empty: all of the run's
  std::filesystem::path out;  ///< empty: standard output
};

struct ReportCommand {
  std::filesystem::path run;
  std::optional<int> threads;
  std::optional<std::uint64_t> memory;
  bool json = false;
};

/// merge: the same of a run that shards have computed.
struct MergeCommand : ReportCommand {};

struct StatusCommand {
  std::filesystem::path run;
  std::optional<std::size_t> shards;  ///< that the units are shared out to: name those that lack units
  bool json = false;
};

struct Command {
  std::variant<std::monostate, SynthCommand, ConvertCommand, InspectCommand, VerifyCommand, SweepCommand, ReplayCommand,
               ReportCommand, MergeCommand, StatusCommand>
      verb;           ///< monostate: help or version were asked for, and printed
  int verbosity = 0;  ///< -1 quiet, 0, 1 verbose
  std::filesystem::path log_file;
};

/// \throws Error (usage) with "did you mean" for mistyped verbs and options.
Command parse_command_line(int argc, const char* const* argv);

}  // namespace sorsweep
