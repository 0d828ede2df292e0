// tested by: tests/python/command_line_test.py (COLUMNS)
#include "app/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string_view>

#include "core/text.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kLeastWidth = 60;
constexpr std::size_t kMostWidth = 100;

std::atomic<bool> bar_is_there{false};

/// Returns the width in COLUMNS, or 0 if the variable has none.
std::size_t said_width() {
  const char* said = std::getenv("COLUMNS");
  return said ? parse_number<std::size_t>(said).value_or(0) : 0;
}

}  // namespace

bool can_redraw(int descriptor) {
  if (::isatty(descriptor) != 1) return false;
  const char* kind = std::getenv("TERM");
  return kind && *kind && std::string_view(kind) != "dumb";
}

std::size_t terminal_width(int descriptor) {
  winsize size{};
  if (::isatty(descriptor) == 1 && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const auto said = said_width();
  return said > 0 ? said : kWidth;
}

std::size_t help_width(int descriptor) {
  return std::clamp(terminal_width(descriptor), kLeastWidth, kMostWidth);
}

void draw_bar(std::string_view line) {
  bar_is_there = true;
  write_to_stderr(fmt::format("\r\033[K{}", line));
}

void clear_bar() {
  if (bar_is_there.exchange(false)) write_to_stderr("\r\033[K");
}

}  // namespace sorsweep
