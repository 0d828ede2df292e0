/// \file
/// Facts of the machine and the moment, for manifests and messages. Nothing that decides a result.
#pragma once

#include <cstdint>
#include <string>

namespace sorsweep {

/// As the system calls itself; "host" where it does not tell.
std::string host_name();

/// Now, as format_iso_time has it.
std::string utc_now();

/// What this process was called with, as a shell would take it, about: words are joined by blanks.
std::string command_line();

/// Bytes of memory that this machine has.
std::uint64_t machine_memory();

/// The most bytes of memory that this process has held so far.
std::uint64_t peak_memory();

}  // namespace sorsweep
