/// \file
/// The command line: which verbs there are, what was asked for, and what --help says. CLI11 stays in cli.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/help.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {

/// What the command line asks for.
struct Command {
  RunVerb run;        ///< Empty if help or the version was asked for: it is printed already.
  int verbosity = 0;  ///< -1 quiet, 0, 1 verbose
  std::filesystem::path log_file;
};

/// All verbs in the order of --help: the program's own, then registered ones.
const std::vector<Verb>& all_verbs();

/// Reads a command line.
/// \throws Error (usage) with "did you mean" for mistyped verbs and options
Command parse_command_line(const std::vector<Verb>& verbs, int argc, const char* const* argv);

/// Returns whether --json or SORSWEEP_JSON was said. It also works if the command line cannot be parsed, so that the error is
/// JSON as well. An option's value of that name counts, too.
bool wants_json(int argc, const char* const* argv);

/// Returns the version in CLI11's header.
std::string cli11_version();

/// Describes what the command line understands: the program first, then its verbs, then `help`.
std::vector<CommandHelp> describe_command_line(const std::vector<Verb>& verbs);

}  // namespace sorsweep
