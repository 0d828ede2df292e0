/// \file
/// Which bytes a config may have.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sorsweep {

/// Bytes of a config. A grid's axis of 100,000 values takes a quarter of them.
inline constexpr std::size_t kMostConfigBytes = 4 << 20;

/// UTF-8 without control characters, and not too much of it: yaml-cpp takes anything, and some bytes for an end.
/// \param name of the source, for places
/// \throws Error (usage) at line and column
void check_yaml_text(const std::string& name, std::string_view text);

/// Whether any control character is in it.
bool has_control_characters(std::string_view text);

/// Whether a config can say it: UTF-8 without control characters.
bool is_plain_text(std::string_view text);

}  // namespace sorsweep
