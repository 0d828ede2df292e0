#include "core/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <span>

#include "core/file_calls.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kPartBytes = 1 << 18;
constexpr int kPatienceMs = 10'000;  // how long a pipe's writer may pause

/// A file that is open for reading.
struct Reading {
  Descriptor file;
  bool is_stream = false;  ///< A pipe or a device may never end, and its bytes may have to be waited for.
  std::uint64_t size = 0;  ///< Bytes; 0 for a stream.
};

[[noreturn]] void refuse_read(const fs::path& path, Exit refusal, int error) {
  throw Error(refusal == Exit::integrity ? Exit::input : refusal, fmt::format("{} cannot be read", path.string()),
              std::strerror(error), "get the rights to read it");
}

[[noreturn]] void refuse_long(const fs::path& path, Exit refusal, std::uint64_t most) {
  throw Error(refusal, fmt::format("{} is longer than {}", path.string(), format_bytes(most)),
              "no file of this kind is that long", "check the path");
}

[[noreturn]] void refuse_stream(const fs::path& path, Exit refusal) {
  throw Error(refusal, fmt::format("{} is not a file", path.string()), "it is a device or a pipe", "name a file");
}

/// Opens a file for reading, without waiting for the writer of a pipe.
Reading open_to_read(const fs::path& path, Exit refusal) {
  Reading reading{open_file(path, O_RDONLY | O_NONBLOCK)};
  const int fd = reading.file.fd();
  if (fd < 0) {
    const int error = errno;
    if (error != ENOENT && error != ENOTDIR) refuse_read(path, refusal, error);
    throw Error(refusal, fmt::format("{} is not there", path.string()), "", "check the path");
  }
  struct stat status {};
  if (::fstat(fd, &status) != 0) refuse_read(path, refusal, errno);
  if (S_ISDIR(status.st_mode))
    throw Error(refusal, fmt::format("{} is a folder", path.string()), "a file is needed here", "name a file in it");
  reading.is_stream = !S_ISREG(status.st_mode);
  if (!reading.is_stream) reading.size = static_cast<std::uint64_t>(status.st_size);
  return reading;
}

/// Reads the next bytes. \return how many; 0 at the end
std::size_t read_some(const Reading& reading, const fs::path& path, Exit refusal, std::span<char> buffer) {
  for (;;) {
    if (pollfd ready{reading.file.fd(), POLLIN, 0}; reading.is_stream && ::poll(&ready, 1, kPatienceMs) == 0)
      throw Error(refusal, fmt::format("{} cannot be read", path.string()),
                  fmt::format("nothing was written into this pipe for {} s", kPatienceMs / 1000), "name a file");
    const auto got = ::read(reading.file.fd(), buffer.data(), buffer.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR && errno != EAGAIN) refuse_read(path, refusal, errno);
  }
}

}  // namespace

void read_parts(const fs::path& path, Exit refusal, const ReadPart& part) {
  const auto file = open_to_read(path, refusal);
  if (file.is_stream) refuse_stream(path, refusal);
  std::string buffer(kPartBytes, '\0');
  for (std::size_t size = 0; (size = read_some(file, path, refusal, buffer)) > 0;)
    part(std::string_view(buffer).substr(0, size));
}

std::string read_file(const fs::path& path, Exit refusal, std::uint64_t most) {
  const auto file = open_to_read(path, refusal);
  if (file.is_stream && most == kAnyLength) refuse_stream(path, refusal);
  if (file.size > most) refuse_long(path, refusal, most);
  std::string text(file.is_stream ? 0 : file.size, '\0');
  std::size_t have = 0;
  while (file.is_stream || have < text.size()) {  // a file that is growing is read up to the size it had
    if (file.is_stream) text.resize(have + kPartBytes);
    const auto got = read_some(file, path, refusal, std::span(text).subspan(have));
    if (got == 0) break;
    have += got;
    if (have > most) refuse_long(path, refusal, most);
  }
  text.resize(have);
  return text;
}

std::string read_head(const fs::path& path, std::size_t size) {
  const auto file = open_file(path, O_RDONLY | O_NONBLOCK);
  std::string head(size, '\0');
  const auto got = file.fd() < 0 ? -1 : uninterrupted([&] { return ::read(file.fd(), head.data(), size); });
  head.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return head;
}

std::uint64_t file_bytes(const fs::path& path) {
  std::error_code none;
  const auto size = fs::file_size(path, none);
  return none ? 0 : size;
}

bool is_there(const fs::path& path) {
  std::error_code none;
  return fs::exists(path, none);
}

void refuse_write(const fs::path& path, int error) {
  throw Error(Exit::resources, fmt::format("{} cannot be written", path.string()), std::strerror(error),
              "choose another folder, or make room or rights for it");
}

}  // namespace sorsweep
