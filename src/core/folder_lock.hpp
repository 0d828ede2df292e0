/// \file
/// A folder that one process writes into at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/file_calls.hpp"

namespace sorsweep {

/// Holds a folder from its making to its end, which may be the end of the process: then the system lets go of it. The
/// lock is a flock on a file in the folder, which the last holder removes.
class FolderLock {
 public:
  static constexpr const char* kFile = ".sorsweep-lock";

  /// Is told why it takes so long: "process 4711 is writing into STORE: waiting for it".
  using OnWait = std::function<void(const std::string& text)>;

  /// Waits until no other process holds the folder. A file system without locks keeps nobody out.
  /// \param on_wait is called if that takes more than a second, and again for another holder
  /// \throws Error (resources) if the folder cannot be written into
  explicit FolderLock(const std::filesystem::path& folder, const OnWait& on_wait = {});
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  bool lock_file(const OnWait& on_wait) const;
  bool is_in_place() const;

  std::filesystem::path path_;
  Descriptor file_;
};

}  // namespace sorsweep
