/// \file
/// The one door to the system's calls that change files. Tests put another behind it, which records and refuses.
#pragma once

#include <sys/types.h>

#include <cerrno>
#include <filesystem>
#include <string_view>

namespace sorsweep {

/// The calls as the system has them: each returns -1 with `errno` if it fails, also when a signal interrupted it.
class FileCalls {
 public:
  using Path = std::filesystem::path;

  virtual ~FileCalls() = default;
  virtual int open(const Path& path, int flags);
  virtual ::ssize_t write(int file, std::string_view bytes);
  virtual int sync(int file);                 ///< fsync
  virtual int lock(int file, int operation);  ///< flock
  virtual int close(int file);
  virtual int link(const Path& from, const Path& to);
  virtual int rename(const Path& from, const Path& to);
  virtual int rename_new(const Path& from, const Path& to);  ///< renameat2 with RENAME_NOREPLACE
  virtual int unlink(const Path& path);
  virtual int make_folder(const Path& path);  ///< mkdir
};

/// Returns the calls that everybody uses: the system's, unless a test has put its own in place.
FileCalls& file_calls();

/// Puts other calls in place as long as it lives. For tests.
class FileCallsInstead {
 public:
  explicit FileCallsInstead(FileCalls& calls);
  ~FileCallsInstead();
  FileCallsInstead(const FileCallsInstead&) = delete;
  FileCallsInstead& operator=(const FileCallsInstead&) = delete;
};

/// Repeats a call for as long as signals interrupt it.
template <class Call>
auto uninterrupted(const Call& call) {
  for (;;)
    if (const auto result = call(); result >= 0 || errno != EINTR) return result;
}

/// A file descriptor that closes itself; -1 if the file could not be opened.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : fd_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;

  int fd() const { return fd_; }

  /// Closes it early. Nobody learns of a failure: what must be on the disk was fsynced before.
  void close();

 private:
  int fd_;
};

/// Opens a file, and for writing with O_CREAT as anybody's (0666) less the umask. \return -1 inside if it fails, with
/// `errno`
Descriptor open_file(const std::filesystem::path& path, int flags);

}  // namespace sorsweep
