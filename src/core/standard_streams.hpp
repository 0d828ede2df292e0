/// \file
/// The three descriptors that every program expects to have: standard input, output and error.
#pragma once

#include <string_view>

namespace sorsweep {

/// Descriptors that every process has.
inline constexpr int kStandardInput = 0;
inline constexpr int kStandardOutput = 1;
inline constexpr int kStandardError = 2;

/// Makes sure that the three descriptors are taken, if the caller closed one (`2>&-`). Otherwise the next file that is
/// opened, a result perhaps, would get its number, and messages would be written into it. What stands in refuses to be
/// read or written: a result that nobody receives must not look like success.
void keep_standard_streams() noexcept;

/// Makes sure that a pipe which nobody reads any more does not end the process: its messages are lost, and its work is
/// done. Only a result needs a reader: see end_by_closed_pipe.
void outlive_closed_pipes() noexcept;

/// Ends the process by SIGPIPE, without a message, because nobody reads its result (`| head -3`). Returns if SIGPIPE
/// was ignored from the beginning, as it is under systemd.
void end_by_closed_pipe() noexcept;

/// Writes text to standard error at once, from any thread. If it cannot be written, because the descriptor is closed,
/// its disk is full or nobody reads it, the text is lost and the work goes on.
void write_to_stderr(std::string_view text) noexcept;

}  // namespace sorsweep
