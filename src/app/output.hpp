/// \file
/// Results to standard output: what a script reads.
#pragma once

#include <string_view>

namespace sorsweep {

/// \throws Error (resources) when it cannot be written: a full disk must not look like success.
void print_result(std::string_view text);

}  // namespace sorsweep
