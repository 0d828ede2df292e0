/// \file
/// What the command line understands, as plain data: for --help, and for whoever writes it up elsewhere (man page, completion).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sorsweep {

/// An option, a flag, or an argument that is told by its place.
struct OptionHelp {
  std::vector<std::string> names;  ///< "-o", "--out"; of an argument told by its place: "INPUT"
  std::string value;               ///< "DIR"; empty: a flag, or an argument told by its place
  std::string description;
  std::string default_value;         ///< empty: none, or none that is worth saying
  std::vector<std::string> choices;  ///< the only values that are taken; empty: others
  std::string environment;           ///< "SORSWEEP_OUT"; empty: not to be had from there
  bool required = false;
  bool repeatable = false;
};

/// The program, or one of its verbs.
struct CommandHelp {
  std::string name;  ///< "sorsweep" of the program; "sweep"
  std::string description;
  std::vector<OptionHelp> arguments;  ///< told by their place, in order
  std::vector<OptionHelp> options;    ///< of a verb: its own, without those that every verb has
  std::vector<std::string> examples;  ///< commands, each whole
  std::vector<std::string> notes;     ///< sentences to stand at the end
};

/// The program's page for --help; `verbs` are its own.
/// \param width columns of the screen. Of a screen's 24 lines it takes no more, where that can be
std::string program_help(const CommandHelp& program, const std::vector<CommandHelp>& verbs, std::size_t width);

/// A verb's page. \param program for the options that every verb has
std::string verb_help(const CommandHelp& program, const CommandHelp& verb, std::size_t width);

/// sorsweep(1) in roff, man macros. \param commands the program, then its verbs \param date of the version, like 2024-07-08
std::string man_page(const std::vector<CommandHelp>& commands, const std::string& version, const std::string& date);

/// A script for bash: verbs, options, an option's words; files elsewhere.
std::string bash_completion(const std::vector<CommandHelp>& commands);

}  // namespace sorsweep
