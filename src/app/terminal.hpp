/// \file
/// What is at the other end of standard output and standard error, and the bar that is drawn there.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/standard_streams.hpp"

namespace sorsweep {

/// Returns whether a descriptor is a terminal on which a line can be redrawn; one with TERM=dumb is not.
bool can_redraw(int descriptor);

/// Returns the terminal's present width in columns; without a terminal, COLUMNS or else 80. Windows change, so ask each
/// time.
std::size_t terminal_width(int descriptor);

/// Returns the width for text in columns: the terminal's, within what reads well.
std::size_t help_width(int descriptor);

/// Draws a line on the terminal of standard error, over the one that was drawn before.
void draw_bar(std::string_view line);

/// Takes the bar off the terminal to make room for a message. It may be called from any thread.
void clear_bar();

}  // namespace sorsweep
