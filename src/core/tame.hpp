/// \file
/// Text of others on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace sorsweep {

/// A terminal obeys control characters, and names of files and symbols may have them.
/// \return the text with "\x1b", four characters, in place of an escape; likewise for every other one but the line end
std::string tame(std::string_view text);

}  // namespace sorsweep
