#include "core/tame.hpp"

#include <fmt/format.h>

#include <iterator>

namespace sorsweep {

std::string tame(std::string_view text) {
  std::string tamed;
  for (const char c : text) {
    const bool is_control = (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7f';
    if (is_control) {
      fmt::format_to(std::back_inserter(tamed), "\\x{:02x}", c);
    } else {
      tamed.push_back(c);
    }
  }
  return tamed;
}

}  // namespace sorsweep
