/// \file
/// What a user sees when something is wrong: *problem (why): what to do*, and an exit code.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace sorsweep {

/// Exit codes of the program (docs/exit-codes.md). Scripts rely on them.
enum class Exit : int {
  ok = 0,
  internal = 1,    ///< our own mistake
  usage = 2,       ///< command line or configuration
  input = 3,       ///< input data refused
  integrity = 4,   ///< a file is damaged or is not what it says
  resources = 5,   ///< memory or disk refused
  incomplete = 6,  ///< finished, but something is missing
  stopped = 75,    ///< stopped in order: run it again
};

/// The one exception that reaches `main`. `what()` is the whole message, fit for a terminal (core/tame.hpp); of a problem
/// or a why of more than 2,000 bytes it has the beginning.
class Error : public std::runtime_error {
 public:
  /// \param problem what is wrong, with file:line:column where there is one
  /// \param why     the cause, or empty
  /// \param advice  what the user can do, or empty
  Error(Exit code, std::string_view problem, std::string_view why = {}, std::string_view advice = {});

  Exit code() const noexcept { return code_; }

  // As they were given: not cut, not made fit for a terminal.
  const std::string& problem() const noexcept { return problem_; }
  const std::string& why() const noexcept { return why_; }
  const std::string& advice() const noexcept { return advice_; }

  /// The same error with a place put before it ("unit AAPL 2024-08-01: …").
  Error within(std::string_view place) const;

 private:
  Exit code_;
  std::string problem_, why_, advice_;
};

}  // namespace sorsweep
