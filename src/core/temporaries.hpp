/// \file
/// Temporary files: their names, and which of them nobody works on any more.
///
/// A temporary is called ".sorsweep-HOST-TOKEN-N.tmp": 8 hexadecimal digits of a hash of the host's name, 32 that this
/// process has drawn at random, and a number. So no two processes share a name, whatever their hosts and pids are
/// called, and the name is short however long that of the file is. Who writes one holds a lock (flock) on it, which
/// ends with the process, also in another pid namespace.
#pragma once

#include <filesystem>

namespace sorsweep {

/// Returns the path of a temporary in `folder` that was never used. \throws Error (resources) without random numbers
std::filesystem::path new_temporary(const std::filesystem::path& folder);

/// Locks a temporary that this process has just made.
/// \return false if another process took it for abandoned meanwhile, so that it is gone or about to go. A file system
///         without locks gives true.
bool hold_temporary(int file);

/// Removes the temporaries of this host in `folder` that no process holds. Where the file system has no locks, they
/// stay.
void clean_temporaries(const std::filesystem::path& folder);

/// Removes the temporaries of all hosts that no process holds, and all where the file system has no locks: for folders
/// in which nobody will publish any more.
void remove_dead_temporaries(const std::filesystem::path& folder);

/// Removes this process's own temporaries when it has to end in the middle of writing. Never throws.
void remove_own_temporaries(const std::filesystem::path& folder) noexcept;

}  // namespace sorsweep
