/// \file
/// sorsweep(1) and the completion of bash, from what the command line understands.
#pragma once

#include <string>
#include <vector>

#include "app/help.hpp"

namespace sorsweep {

/// The page in roff, man macros. \param commands the program, then its verbs \param date of the version, like 2024-07-08
std::string man_page(const std::vector<CommandHelp>& commands, const std::string& version, const std::string& date);

/// A script for bash: verbs, options, an option's words; files elsewhere.
std::string bash_completion(const std::vector<CommandHelp>& commands);

}  // namespace sorsweep
