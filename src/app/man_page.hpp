/// \file
/// sorsweep(1) and the completion of bash, from the outline of the command line.
#pragma once

#include <string>
#include <vector>

#include "app/cli_outline.hpp"

namespace sorsweep {

/// The page in roff, man macros. \param date of the version, like 2024-07-08
std::string man_page(const CommandLineOutline& outline, const std::string& version, const std::string& date);

/// A script for bash: verbs, options, an option's words; files elsewhere.
std::string bash_completion(const CommandLineOutline& outline);

/// The words that an option takes, where only some are allowed.
std::vector<std::string> option_words(const OptionOutline& option);

}  // namespace sorsweep
