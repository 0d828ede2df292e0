/// \file
/// What there is on the other end of standard output and standard error.
#pragma once

#include <cstddef>
#include <string_view>

namespace sorsweep {

inline constexpr int kStandardOutput = 1;
inline constexpr int kStandardError = 2;

/// A terminal on which a line can be drawn anew: not one of TERM=dumb.
bool can_redraw(int descriptor);

/// Columns of the terminal as it is now: of another size a moment later. Without a terminal: COLUMNS, else 80.
std::size_t terminal_width(int descriptor);

/// Columns for text to be read: those of the terminal, within what reads well.
std::size_t help_width(int descriptor);

/// Draws a line on standard error's terminal over the one that was drawn before. It stays until the next, or clear_bar.
void draw_bar(std::string_view line);

/// Takes the bar off the terminal, so that a message can stand there; the bar comes again below it. From any thread.
void clear_bar();

}  // namespace sorsweep
