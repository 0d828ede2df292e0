// tested by: tests/python/hostile/yaml_attacks.py (surrogate)
#include "config/yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
}

/// Returns the number of bytes of the character at the front, or 0 if it is cut short, overlong or a surrogate.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  const bool is_longer_than_needed = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool is_beyond = (first == 0xED && byte(1) >= 0xA0) || (first == 0xF4 && byte(1) >= 0x90);
  return is_longer_than_needed || is_beyond ? 0 : length;
}

}  // namespace

bool has_control_characters(std::string_view text) {
  return std::ranges::any_of(text, is_control);
}

bool is_plain_text(std::string_view text) {
  if (has_control_characters(text)) return false;
  std::size_t length = 1;
  for (std::size_t at = 0; at < text.size() && length > 0; at += length) length = utf8_length(text.substr(at));
  return length > 0;
}

void check_yaml_text(const std::string& name, std::string_view text) {
  if (text.size() > kMostConfigBytes)
    throw Error(Exit::usage, fmt::format("{} is longer than {}", name, format_bytes(kMostConfigBytes)), "no config is",
                "is this a config?");
  std::size_t line = 1, column = 1;
  const auto refuse = [&](std::string_view problem, std::string_view advice) {
    throw Error(Exit::usage, fmt::format("{}:{}:{}: {}", name, line, column, problem), "", advice);
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto length = utf8_length(text.substr(at));
    if (length == 0) refuse("the text is no UTF-8", "save the config as UTF-8");
    const char c = text[at];
    if (is_control(c) && c != '\n' && c != '\r' && c != '\t')
      refuse(fmt::format("a control character (byte 0x{:02x})", c), "take it out");
    at += length;
    ++column;
    if (c == '\n') {
      ++line;
      column = 1;
    }
  }
}

}  // namespace sorsweep
