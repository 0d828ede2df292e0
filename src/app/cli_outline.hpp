/// \file
/// What the command line takes, as plain structs: the man page and the shell's completion are made from it.
#pragma once

#include <string>
#include <vector>

namespace sorsweep {

struct OptionOutline {
  std::string names;        ///< like "-o,--out"; of a positional its name alone
  std::string value;        ///< like "TEXT", "INT:INT in [1 - 4096]" or "TEXT:{csv,csv.zst}"; empty for a flag
  std::string fallback;     ///< the default, where it is one value
  std::string environment;  ///< the variable, where there is one
  std::string help;
  bool is_positional = false;
  bool is_required = false;
  bool may_repeat = false;
};

struct VerbOutline {
  std::string name;
  std::string help;
  std::vector<OptionOutline> options;
};

struct CommandLineOutline {
  std::vector<OptionOutline> options;  ///< that stand before or behind any verb
  std::vector<VerbOutline> verbs;
};

/// From the very definitions that parse_command_line parses by.
CommandLineOutline outline_command_line();

}  // namespace sorsweep
