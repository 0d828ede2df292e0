/// \file
/// How a command that failed says so.
#pragma once

#include <string>

#include "app/log.hpp"
#include "core/error.hpp"

namespace sorsweep {

/// The message goes to standard error; with --json the same goes to standard output, as an object, too. Does not throw.
/// \param log where the message goes; nullptr: none is there yet \return the exit code
Exit tell_failure(const Error& error, bool json, Log* log = nullptr) noexcept;

/// A verb that was stopped in order: nothing failed, but with --json something has to stand on standard output.
/// \return Exit::stopped
Exit tell_stopped(const std::string& text, bool json, Log& log);

}  // namespace sorsweep
