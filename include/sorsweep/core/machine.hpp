/// \file
/// Facts of the machine and the moment, for manifests and messages. Nothing that decides a result.
#pragma once

#include <cstdint>
#include <string>

namespace sorsweep {

std::string host_name();

/// Now, as format_iso_time has it.
std::string utc_now();

/// What this process was called with, as a shell would take it, about: words are joined by blanks.
std::string command_line();

/// Bytes of memory that this machine has, and the most that this process has held so far.
std::uint64_t machine_memory();
std::uint64_t peak_memory();

}  // namespace sorsweep
