#include "core/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <span>
#include <utility>

#include "core/machine.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTemporarySuffix = ".tmp";
constexpr std::size_t kPartBytes = 1 << 18;
constexpr int kPatienceMs = 10'000;  // for who writes into a pipe that a config is read from

/// ".NAME.HOST.PID.tmp": says whose it is, so that a later run knows whether it is abandoned.
fs::path temporary_for(const fs::path& path) {
  return path.parent_path() /
         fmt::format(".{}.{}.{}{}", path.filename().string(), host_name(), ::getpid(), kTemporarySuffix);
}

/// Closes at the end of its life; -1 when the file could not be opened.
struct Descriptor {
  explicit Descriptor(int number) : fd(number) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int fd;
};

/// A file that is open to be read.
struct Reading : Descriptor {
  using Descriptor::Descriptor;
  bool is_stream = false;  ///< a pipe or a device: it may have no end, and may have to be waited for
  std::uint64_t size = 0;
};

[[noreturn]] void refuse_read(const fs::path& path, Exit refusal, std::string_view why) {
  throw Error(refusal == Exit::integrity ? Exit::input : refusal, fmt::format("{} cannot be read", path.string()), why,
              "get the rights to read it");
}

[[noreturn]] void refuse_long(const fs::path& path, Exit refusal, std::uint64_t most) {
  throw Error(refusal, fmt::format("{} is longer than {}", path.string(), format_bytes(most)), "no such file is",
              "check the path");
}

[[noreturn]] void refuse_stream(const fs::path& path, Exit refusal) {
  throw Error(refusal, fmt::format("{} is no file", path.string()), "a device or a pipe is there", "name a file");
}

/// Does not wait for the writer of a pipe.
std::unique_ptr<Reading> open_to_read(const fs::path& path, Exit refusal) {
  auto file = std::make_unique<Reading>(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  const int error = errno;
  if (file->fd < 0 && (error == ENOENT || error == ENOTDIR))
    throw Error(refusal, fmt::format("{} is not there", path.string()), "", "check the path");
  struct stat status {};
  if (file->fd < 0 || ::fstat(file->fd, &status) != 0) refuse_read(path, refusal, std::strerror(error));
  if (S_ISDIR(status.st_mode))
    throw Error(refusal, fmt::format("{} is a folder", path.string()), "a file is meant here", "name a file in it");
  file->is_stream = !S_ISREG(status.st_mode);
  if (!file->is_stream) file->size = static_cast<std::uint64_t>(status.st_size);
  return file;
}

/// The next bytes, none at the end.
std::size_t read_some(const Reading& file, const fs::path& path, Exit refusal, std::span<char> buffer) {
  for (;;) {
    if (pollfd ready{file.fd, POLLIN, 0}; file.is_stream && ::poll(&ready, 1, kPatienceMs) == 0)
      throw Error(refusal, fmt::format("{} cannot be read", path.string()),
                  fmt::format("nothing was written into this pipe for {} s", kPatienceMs / 1000), "name a file");
    const auto got = ::read(file.fd, buffer.data(), buffer.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR && errno != EAGAIN) refuse_read(path, refusal, std::strerror(errno));
  }
}

[[noreturn]] void refuse_write(const fs::path& path, int error) {
  throw Error(Exit::resources, fmt::format("{} cannot be written", path.string()), std::strerror(error),
              "choose another folder, or make room or rights for it");
}

void sync(const fs::path& path, int flags) {
  const Descriptor file(::open(path.c_str(), flags));
  // Some network file systems cannot fsync a folder; the rename itself has been done by then.
  if (file.fd < 0 || (::fsync(file.fd) != 0 && errno != EINVAL)) refuse_write(path, errno);
}

/// The process that a temporary belongs to, if it is one of this host's.
int owner_of(const std::string& file_name) {
  if (!file_name.starts_with('.') || !file_name.ends_with(kTemporarySuffix)) return 0;
  const auto stem = file_name.substr(0, file_name.size() - kTemporarySuffix.size());
  const auto dot = stem.rfind('.');
  if (!stem.substr(0, dot).ends_with(fmt::format(".{}", host_name()))) return 0;
  int pid = 0;
  std::from_chars(stem.data() + dot + 1, stem.data() + stem.size(), pid);
  return pid;
}

}  // namespace

void read_parts(const fs::path& path, Exit refusal, const ReadPart& part) {
  const auto file = open_to_read(path, refusal);
  if (file->is_stream) refuse_stream(path, refusal);
  std::string buffer(kPartBytes, '\0');
  for (std::size_t size = 0; (size = read_some(*file, path, refusal, buffer)) > 0;)
    part(std::string_view(buffer).substr(0, size));
}

std::string read_file(const fs::path& path, Exit refusal, std::uint64_t most) {
  const auto file = open_to_read(path, refusal);
  if (file->is_stream && most == kAnyLength) refuse_stream(path, refusal);
  if (file->size > most) refuse_long(path, refusal, most);
  std::string text(file->is_stream ? 0 : file->size, '\0');
  std::size_t have = 0;
  while (file->is_stream || have < text.size()) {  // of a file that grows now, what it had
    if (file->is_stream) text.resize(have + kPartBytes);
    const auto got = read_some(*file, path, refusal, std::span(text).subspan(have));
    if (got == 0) break;
    have += got;
    if (have > most) refuse_long(path, refusal, most);
  }
  text.resize(have);
  return text;
}

std::string read_head(const fs::path& path, std::size_t size) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  std::string head(size, '\0');
  const auto got = file.fd < 0 ? -1 : ::read(file.fd, head.data(), size);
  head.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return head;
}

std::uint64_t file_bytes(const fs::path& path) {
  std::error_code none;
  const auto size = fs::file_size(path, none);
  return none ? 0 : size;
}

void make_folder(const fs::path& path) {
  std::error_code ec;
  fs::create_directories(path, ec);
  if (ec || !fs::is_directory(path))
    throw Error(Exit::resources, fmt::format("the folder {} cannot be made", path.string()),
                ec ? ec.message() : "a file of that name stands there", "choose another place or get the rights");
}

Publication::~Publication() {
  std::error_code ignored;
  for (const auto& file : staged_) fs::remove(file.temporary, ignored);
}

void Publication::stage(const fs::path& path, const Write& write) {
  if (fs::is_directory(path))
    throw Error(Exit::resources, fmt::format("{} cannot be written", path.string()), "a folder of that name is there");
  staged_.push_back({temporary_for(path), path});
  write(staged_.back().temporary);
  sync(staged_.back().temporary, O_RDONLY);
}

void Publication::commit() {
  for (const auto& file : staged_) {
    std::error_code ec;
    fs::rename(file.temporary, file.path, ec);
    // A merge that found the file there may have cleared this one away: then another process has published it.
    if (ec && !(ec == std::errc::no_such_file_or_directory && fs::exists(file.path)))
      refuse_write(file.path, ec.value());
  }
  for (const auto& file : staged_)
    sync(file.path.has_parent_path() ? file.path.parent_path() : fs::path("."), O_RDONLY | O_DIRECTORY);
  staged_.clear();
}

void publish(const fs::path& path, const Publication::Write& write) {
  Publication publication;
  publication.stage(path, write);
  publication.commit();
}

void write_text(const fs::path& path, std::string_view text) {
  ::unlink(path.c_str());
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (file.fd < 0) refuse_write(path, errno);
  while (!text.empty()) {
    const auto wrote = ::write(file.fd, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) refuse_write(path, errno);
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  if (::close(std::exchange(file.fd, -1)) != 0) refuse_write(path, errno);
}

void publish_text(const fs::path& path, std::string_view text) {
  publish(path, [&](const fs::path& temporary) { write_text(temporary, text); });
}

bool publish_text_if_absent(const fs::path& path, std::string_view text) {
  const auto temporary = temporary_for(path);
  write_text(temporary, text);
  const bool linked = ::link(temporary.c_str(), path.c_str()) == 0;
  const int error = errno;
  ::unlink(temporary.c_str());
  if (!linked && error != EEXIST) refuse_write(path, error);
  return linked;
}

void sweep_temporaries(const fs::path& folder) {
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    const int pid = owner_of(entry.path().filename().string());
    const bool abandoned = pid > 0 && pid != ::getpid() && ::kill(pid, 0) != 0 && errno == ESRCH;
    if (abandoned) fs::remove(entry.path(), ec);
  }
}

void remove_dead_temporaries(const fs::path& folder) {
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with('.') || !name.ends_with(kTemporarySuffix)) continue;
    const int pid = owner_of(name);
    const bool is_alive = pid > 0 && (::kill(pid, 0) == 0 || errno != ESRCH);
    if (!is_alive) fs::remove(entry.path(), ec);
  }
}

void remove_own_temporaries(const fs::path& folder) noexcept {
  try {
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder, ec))
      if (owner_of(entry.path().filename().string()) == ::getpid()) fs::remove(entry.path(), ec);
  } catch (const std::exception&) {
    // Out of memory, or the folder is gone: whoever comes next sweeps them away.
  }
}

}  // namespace sorsweep
