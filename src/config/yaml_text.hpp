/// \file
/// Which bytes a config may contain.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sorsweep {

/// Largest config in bytes. An axis with 100,000 values takes a quarter of it.
inline constexpr std::size_t kMostConfigBytes = 4 << 20;

/// Checks that a config is UTF-8 without control characters, and not too long. yaml-cpp would take anything, and would
/// take some bytes for the end of the text.
/// \param name is that of the source, for messages
/// \throws Error (usage) with line and column
void check_yaml_text(const std::string& name, std::string_view text);

/// Returns whether the text has a control character.
bool has_control_characters(std::string_view text);

/// Returns whether a config can contain the text: it is UTF-8 without control characters.
bool is_plain_text(std::string_view text);

}  // namespace sorsweep
