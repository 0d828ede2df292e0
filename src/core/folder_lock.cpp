#include "core/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>

#include "core/files.hpp"

namespace sorsweep {

FolderLock::FolderLock(const std::filesystem::path& folder) : path_(folder / kFile) {
  constexpr int flags = O_NOFOLLOW | O_NONBLOCK;
  do {
    file_ = open_file(path_, O_RDWR | O_CREAT | flags);
    // Another user's file can be locked without the right to write it.
    if (file_.fd() < 0 && errno == EACCES) file_ = open_file(path_, O_RDONLY | flags);
    if (file_.fd() < 0) refuse_write(path_, errno);
    if (uninterrupted([&] { return file_calls().lock(file_.fd(), LOCK_EX); }) != 0) return;  // There are no locks.
  } while (!is_in_place());
}

FolderLock::~FolderLock() {
  file_calls().unlink(path_);
}

/// Returns whether the file that is locked still has its name. The holder that we waited for may have removed it.
bool FolderLock::is_in_place() const {
  struct stat locked {};
  struct stat named {};
  return ::fstat(file_.fd(), &locked) == 0 && ::lstat(path_.c_str(), &named) == 0 && locked.st_ino == named.st_ino &&
         locked.st_dev == named.st_dev;
}

}  // namespace sorsweep
