/// \file
/// The error that a user sees: *problem (why): what to do*, and an exit code.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace sorsweep {

/// The exit codes of the program (docs/exit-codes.md). Scripts rely on them.
enum class Exit : int {
  ok = 0,
  internal = 1,    ///< The program has a defect.
  usage = 2,       ///< The command line or the configuration is wrong.
  input = 3,       ///< The input data was refused.
  integrity = 4,   ///< A file is damaged or is not what it claims to be.
  resources = 5,   ///< Memory or disk space ran out, or was refused.
  incomplete = 6,  ///< The program finished, but some of the result is missing.
  stopped = 75,    ///< The program stopped cleanly. Running it again resumes.
};

/// The exception for everything that a user can understand or mend.
///
/// `what()` is the whole message, safe for a terminal (see `tame` in core/text.hpp). It shows at most 2,000 bytes each
/// of the problem and of the why. What other libraries throw, such as std::bad_alloc, is turned into a message by the
/// program's entry points.
class Error : public std::runtime_error {
 public:
  /// \param problem what is wrong, beginning with file:line:column if it is about a place in a file
  /// \param why     the cause, or empty
  /// \param advice  what the user can do, or empty
  Error(Exit code, std::string_view problem, std::string_view why = {}, std::string_view advice = {});

  Exit code() const noexcept { return code_; }

  // These are the texts as they were given, neither cut nor made safe for a terminal.
  const std::string& problem() const noexcept { return problem_; }
  const std::string& why() const noexcept { return why_; }
  const std::string& advice() const noexcept { return advice_; }

  /// Returns this error with a place in front of the problem: "unit AAPL 2024-08-01: …".
  Error within(std::string_view place) const;

 private:
  Exit code_;
  std::string problem_, why_, advice_;
};

}  // namespace sorsweep
