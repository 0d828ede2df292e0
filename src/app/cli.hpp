/// \file
/// The command line: which verbs there are, what the user asked for, and what --help says. Only cli.cpp uses CLI11.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/help.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {

/// What the command line asks for.
struct Command {
  RunVerb run;        ///< Empty after --help and --version, which are printed at once.
  int verbosity = 0;  ///< -1: quiet, 0: normal, 1: verbose.
  std::filesystem::path log_file;
};

/// Returns all verbs in the order of --help: the program's own, then registered ones.
const std::vector<Verb>& all_verbs();

/// Reads a command line.
/// \throws Error (usage) with "did you mean" for mistyped verbs and options
Command parse_command_line(const std::vector<Verb>& verbs, int argc, const char* const* argv);

/// Returns whether the user asked for JSON, by --json or SORSWEEP_JSON. It reads a command line that cannot be parsed
/// too, so that the error is JSON as well; an option's value that reads "--json" therefore counts.
bool wants_json(int argc, const char* const* argv);

/// Returns the version in CLI11's header.
std::string cli11_version();

/// Describes what the command line understands: the program first, then its verbs, then `help`.
std::vector<CommandHelp> describe_command_line(const std::vector<Verb>& verbs);

}  // namespace sorsweep
