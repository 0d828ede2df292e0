/// \file
/// How a command that failed says so.
#pragma once

#include <exception>
#include <string>

#include "core/error.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {

/// Tells the user what was thrown: an Error as it is, lack of memory, a file system that refused, or a mistake of ours.
/// The message goes to standard error and to the log's file; with --json standard output gets it too, as an object.
/// \param log nullptr before there is one
/// \return the exit code
Exit tell_failure(const std::exception_ptr& failure, bool json, Log* log = nullptr) noexcept;

/// Says that a verb was stopped in order. Nothing failed, but with --json something has to stand on standard output.
/// \return Exit::stopped
Exit tell_stopped(const std::string& text, bool json, Log& log);

}  // namespace sorsweep
