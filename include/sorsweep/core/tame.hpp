/// \file
/// Text of others on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace sorsweep {

/// A terminal obeys control characters, and names of files and symbols may have them: all but line ends as \x1b.
std::string tame(std::string_view text);

}  // namespace sorsweep
