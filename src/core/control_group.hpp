/// \file
/// What the control group (cgroup) of a process allows it: containers and clusters set its limits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace sorsweep {

/// Returns the least memory limit, in bytes, of a control group and of those above it, in version 1 or 2 of the
/// kernel's interface; nothing if there is none.
/// \param membership a file like /proc/self/cgroup
/// \param mount      a folder like /sys/fs/cgroup
std::optional<std::uint64_t> group_memory(const std::filesystem::path& membership, const std::filesystem::path& mount);

}  // namespace sorsweep
