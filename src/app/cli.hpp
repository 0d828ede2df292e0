/// \file
/// The command line as plain structs. The only door to CLI11, which stays in cli.cpp and cli_options.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/help.hpp"
#include "market/synth.hpp"
#include "run/run_request.hpp"
#include "sorsweep/sweep/backtest.hpp"
#include "store/convert.hpp"

namespace sorsweep {

struct SynthCommand {
  SynthOptions options;
  std::filesystem::path out;
  std::string format = "csv";  ///< or csv.zst
  bool json = false;
};

struct ConvertCommand {
  ConvertOptions options;
  bool json = false;
};

struct InspectCommand {
  std::filesystem::path path;
  bool json = false;
};

struct VerifyCommand {
  std::filesystem::path path;
  bool json = false;
};

struct SweepCommand : RunRequest {
  bool init = false;                              ///< make the run's folder and stop
  std::optional<std::chrono::nanoseconds> grace;  ///< for units in flight, after a signal; nothing: until they are done
  bool json = false;
  bool stats = false;
};

/// plan: what a sweep would take. Its options are the sweep's.
struct PlanCommand {
  SweepCommand sweep;
  std::size_t shards = 1;
};

struct ReplayCommand {
  std::filesystem::path run;
  std::string point;          ///< "lambda_over=…,lambda_under=…,theta_queue=…"
  std::string symbol;         ///< empty: the run's only one
  std::string day;            ///< empty: all of the run's
  std::filesystem::path out;  ///< empty: standard output
  bool json = false;
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
               ReportCommand, MergeCommand, StatusCommand, PlanCommand>
      verb;           ///< monostate: help or version were asked for, and printed
  int verbosity = 0;  ///< -1 quiet, 0, 1 verbose
  std::filesystem::path log_file;
};

/// \throws Error (usage) with "did you mean" for mistyped verbs and options.
Command parse_command_line(int argc, const char* const* argv);

/// Whether --json was said, or SORSWEEP_JSON: also where the command line cannot be parsed, so that what is wrong with it is
/// JSON as well. An option's value of that name counts, too.
bool wants_json(int argc, const char* const* argv);

/// Of the header.
std::string cli11_version();

/// What the command line understands: the program first, then its verbs in the order of --help.
std::vector<CommandHelp> describe_command_line();

}  // namespace sorsweep
