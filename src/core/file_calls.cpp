// tested by: tests/core/publication_test.cpp (FileCallsInstead)
#include "core/file_calls.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace sorsweep {
namespace {

FileCalls system_calls;
FileCalls* calls_in_use = &system_calls;

}  // namespace

int FileCalls::open(const Path& path, int flags) {
  return ::open(path.c_str(), flags | O_CLOEXEC, 0666);
}

::ssize_t FileCalls::write(int file, std::string_view bytes) {
  return ::write(file, bytes.data(), bytes.size());
}

int FileCalls::sync(int file) {
  return ::fsync(file);
}

int FileCalls::lock(int file, int operation) {
  return ::flock(file, operation);
}

int FileCalls::close(int file) {
  return ::close(file);
}

int FileCalls::link(const Path& from, const Path& to) {
  return ::link(from.c_str(), to.c_str());
}

int FileCalls::rename(const Path& from, const Path& to) {
  return ::rename(from.c_str(), to.c_str());
}

int FileCalls::rename_new(const Path& from, const Path& to) {
  return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
}

int FileCalls::unlink(const Path& path) {
  return ::unlink(path.c_str());
}

int FileCalls::make_folder(const Path& path) {
  return ::mkdir(path.c_str(), 0777);
}

FileCalls& file_calls() {
  return *calls_in_use;
}

FileCallsInstead::FileCallsInstead(FileCalls& calls) {
  calls_in_use = &calls;
}

FileCallsInstead::~FileCallsInstead() {
  calls_in_use = &system_calls;
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

void Descriptor::close() {
  if (fd_ >= 0) file_calls().close(std::exchange(fd_, -1));
}

Descriptor open_file(const std::filesystem::path& path, int flags) {
  return Descriptor(uninterrupted([&] { return file_calls().open(path, flags); }));
}

}  // namespace sorsweep
