/// \file
/// The command line's parts: what CLI11 writes into, and what becomes of it. For cli*.cpp only.
#pragma once

#include <filesystem>
#include <string>

#include "app/cli.hpp"

namespace CLI {
class App;
}

namespace sorsweep {

/// What CLI11 writes into while it parses.
struct Targets {
  SynthCommand synth;
  ConvertCommand convert;
  InspectCommand inspect;
  VerifyCommand verify;
  SweepCommand sweep;
  ReplayCommand replay;
  ReportCommand report;
  MergeCommand merge;
  StatusCommand status;
  PlanCommand plan;
  std::string first_day, engine = "collapse", memory, shard, grace;
  std::string help_on;  ///< the verb of `sorsweep help VERB`
  int threads = 0;
  bool quiet = false, verbose = false, json = false;
  std::filesystem::path log_file;
};

/// Gives the app all verbs and options, with their examples as footers, a line each.
void add_command_line(CLI::App& app, Targets& targets);

/// Reads what the verb's options hold as text. \throws Error (usage)
void finish_values(const std::string& verb, Targets& targets);

/// What was asked for, as plain structs.
Command command_of(const std::string& verb, const Targets& targets);

}  // namespace sorsweep
