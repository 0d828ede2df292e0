/// \file
/// What the command line understands, as plain data, and the pages that are made from it: --help, man page, completion.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sorsweep {

/// An option, a flag or a positional argument.
struct OptionHelp {
  std::vector<std::string> names;  ///< "-o", "--out"; "INPUT" for a positional argument.
  std::string value;               ///< "DIR"; empty for flags and positional arguments.
  std::string description;
  std::string default_value;         ///< Empty if there is none worth showing.
  std::vector<std::string> choices;  ///< The only values that are accepted; empty: any.
  std::string environment;           ///< "SORSWEEP_OUT"; empty if no variable sets it.
  bool required = false;
  bool repeatable = false;
};

/// The program or one of its verbs.
struct CommandHelp {
  std::string name;  ///< "sorsweep" for the program, "sweep" for a verb.
  std::string description;
  std::vector<OptionHelp> arguments;  ///< Positional ones, in order.
  std::vector<OptionHelp> options;    ///< A verb's own, without those that every verb has.
  std::vector<std::string> examples;  ///< Whole commands.
  std::vector<std::string> notes;     ///< Sentences for the end of the page.
};

/// Returns the program's page for --help. It fits 24 lines if it can.
/// \param width columns of the screen
std::string program_help(const CommandHelp& program, const std::vector<CommandHelp>& verbs, std::size_t width);

/// Returns a verb's page for --help. \param program has the options of every verb
std::string verb_help(const CommandHelp& program, const CommandHelp& verb, std::size_t width);

/// Returns sorsweep(1) in roff with the man macros.
/// \param commands the program, then its verbs
/// \param date     date of the version, like 2024-07-08
std::string man_page(const std::vector<CommandHelp>& commands, const std::string& version, const std::string& date);

/// Returns a script for bash that completes verbs, options and choices, and files everywhere else.
std::string bash_completion(const std::vector<CommandHelp>& commands);

}  // namespace sorsweep
