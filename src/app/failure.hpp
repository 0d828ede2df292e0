/// \file
/// How a command reports that it failed or was stopped.
#pragma once

#include <exception>
#include <string>

#include "core/error.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {

/// Tells the user what was thrown: an Error as it is, a lack of memory, a refusal of the file system, or a bug of ours.
/// The message goes to standard error and to the log's file; with --json it also goes to standard output, as an object.
/// \param log nullptr if there is no log yet
/// \return the exit code
Exit tell_failure(const std::exception_ptr& failure, bool json, Log* log = nullptr) noexcept;

/// Says that a verb was stopped cleanly. Nothing failed, but with --json a script expects an object on standard output.
/// \return Exit::stopped
Exit tell_stopped(const std::string& text, bool json, Log& log);

}  // namespace sorsweep
