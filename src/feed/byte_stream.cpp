// tested by: tests/cases/inputs/run (standard)
#include "feed/byte_stream.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/error.hpp"
#include "core/file_calls.hpp"

namespace sorsweep {
namespace fs = std::filesystem;

std::size_t read_full(ByteStream& stream, char* to, std::size_t most) {
  std::size_t have = 0;
  while (have < most) {
    const auto got = stream.read(to + have, most - have);
    if (got == 0) break;
    have += got;
  }
  return have;
}

std::size_t read_growing(ByteStream& stream, std::vector<char>& buffer, std::size_t have, std::size_t most) {
  constexpr std::size_t first = 1 << 15;
  for (;;) {
    if (buffer.size() < most) buffer.resize(std::min(most, std::max(first, 2 * have)));
    const auto end = std::min(buffer.size(), most);
    have += read_full(stream, buffer.data() + have, end - have);
    if (have < end || end == most) return have;
  }
}

FileStream::FileStream(const std::string& name) : name_(name), is_stdin_(name == "-") {
  if (is_stdin_) {
    descriptor_ = STDIN_FILENO;
    return;
  }
  std::error_code ec;
  const auto status = fs::status(name, ec);
  if (!fs::exists(status)) throw Error(Exit::input, fmt::format("{} is not there", name), "", "check the path");
  if (fs::is_directory(status))
    throw Error(Exit::input, fmt::format("{} is a folder", name), "a file is needed here", "name a file in it");
  descriptor_ = uninterrupted([&] { return file_calls().open(name, O_RDONLY); });
  if (descriptor_ < 0) {
    const int error = errno;
    throw Error(Exit::input, fmt::format("{} cannot be read", name), std::strerror(error), "get the rights to read it");
  }
  ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);  // a pipe refuses this, which does no harm
}

FileStream::~FileStream() {
  if (!is_stdin_ && descriptor_ >= 0) ::close(descriptor_);
}

std::size_t FileStream::read(char* to, std::size_t most) {
  const auto got = uninterrupted([&] { return ::read(descriptor_, to, most); });
  if (got < 0) {
    const int error = errno;
    throw Error(Exit::input, fmt::format("{} cannot be read", is_stdin_ ? "standard input" : name_),
                std::strerror(error), "check the disk, or the program that writes into the pipe");
  }
  const auto size = static_cast<std::size_t>(got);
  bytes_ += size;
  hasher_.add(std::as_bytes(std::span(to, size)));
  return size;
}

std::string_view PeekedStream::peek(std::size_t size) {
  const auto have = head_.size();
  if (have < size) {
    head_.resize(size);
    head_.resize(have + read_full(*below_, head_.data() + have, size - have));
  }
  return std::string_view(head_).substr(0, size);
}

std::size_t PeekedStream::read(char* to, std::size_t most) {
  if (given_ == head_.size()) return below_->read(to, most);
  const auto size = std::min(most, head_.size() - given_);
  std::memcpy(to, head_.data() + given_, size);
  given_ += size;
  return size;
}

}  // namespace sorsweep
