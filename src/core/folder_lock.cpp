#include "core/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/files.hpp"

namespace sorsweep {
namespace {

constexpr std::chrono::milliseconds kLook{10};
constexpr int kLooks = 100;  ///< After that second, somebody may want to know.

/// Returns "process 4711", or "another process" if the system does not tell which one holds the lock on an open file:
/// it may run on another host, or in another container.
std::string holder_of(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0) status = {};
  const auto wanted = fmt::format("{:02x}:{:02x}:{}", major(status.st_dev), minor(status.st_dev), status.st_ino);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {  // as «4: FLOCK ADVISORY WRITE 4711 fe:00:1109515 0 EOF»
    std::istringstream words(line);
    std::string number, kind, is_advisory, access, place;
    int pid = 0;
    words >> number >> kind >> is_advisory >> access >> pid >> place;
    if (kind == "FLOCK" && place == wanted && pid > 0) return fmt::format("process {}", pid);
  }
  return "another process";
}

}  // namespace

FolderLock::FolderLock(const std::filesystem::path& folder, const OnWait& on_wait) : path_(folder / kFile) {
  constexpr int flags = O_NOFOLLOW | O_NONBLOCK;
  do {
    file_ = open_file(path_, O_RDWR | O_CREAT | flags);
    // Another user's file can be locked without the right to write it.
    const bool is_foreign = file_.fd() < 0 && errno == EACCES;
    if (is_foreign) file_ = open_file(path_, O_RDONLY | flags);
    if (is_foreign && file_.fd() < 0 && errno == ENOENT) continue;  // That user has just removed it.
    if (file_.fd() < 0) refuse_write(path_, errno);
    if (!lock_file(on_wait)) return;
  } while (!is_in_place());
}

FolderLock::~FolderLock() {
  file_calls().unlink(path_);
}

/// Locks the file as soon as nobody else does. \return false if there are no locks
bool FolderLock::lock_file(const OnWait& on_wait) const {
  const auto lock = [&](int operation) {
    return uninterrupted([&] { return file_calls().lock(file_.fd(), operation); }) == 0;
  };
  for (int look = 0; look < kLooks; ++look) {
    if (lock(LOCK_EX | LOCK_NB)) return true;
    if (errno != EWOULDBLOCK) return false;
    std::this_thread::sleep_for(kLook);
  }
  if (on_wait)
    on_wait(fmt::format("{} is writing into {}: waiting for it", holder_of(file_.fd()), path_.parent_path().string()));
  return lock(LOCK_EX);
}

/// Returns whether the file that is locked still has its name. The holder that we waited for may have removed it.
bool FolderLock::is_in_place() const {
  struct stat locked {};
  struct stat named {};
  return ::fstat(file_.fd(), &locked) == 0 && ::lstat(path_.c_str(), &named) == 0 && locked.st_ino == named.st_ino &&
         locked.st_dev == named.st_dev;
}

}  // namespace sorsweep
