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
#include <optional>
#include <span>
#include <utility>

#include "core/machine.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTemporarySuffix = ".tmp";
constexpr std::size_t kPartBytes = 1 << 18;
constexpr int kPatienceMs = 10'000;  // how long a pipe's writer may pause

/// Returns ".NAME.HOST.PID.tmp". The name tells a later run whose file it is, and so whether it was abandoned.
fs::path temporary_for(const fs::path& path) {
  return path.parent_path() /
         fmt::format(".{}.{}.{}{}", path.filename().string(), host_name(), ::getpid(), kTemporarySuffix);
}

/// A file descriptor that closes itself; -1 if the file could not be opened.
struct Descriptor {
  explicit Descriptor(int number) : fd(number) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int fd;
};

/// A file that is open for reading.
struct Reading : Descriptor {
  using Descriptor::Descriptor;
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
std::unique_ptr<Reading> open_to_read(const fs::path& path, Exit refusal) {
  auto file = std::make_unique<Reading>(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file->fd < 0) {
    const int error = errno;
    if (error != ENOENT && error != ENOTDIR) refuse_read(path, refusal, error);
    throw Error(refusal, fmt::format("{} is not there", path.string()), "", "check the path");
  }
  struct stat status {};
  if (::fstat(file->fd, &status) != 0) refuse_read(path, refusal, errno);
  if (S_ISDIR(status.st_mode))
    throw Error(refusal, fmt::format("{} is a folder", path.string()), "a file is needed here", "name a file in it");
  file->is_stream = !S_ISREG(status.st_mode);
  if (!file->is_stream) file->size = static_cast<std::uint64_t>(status.st_size);
  return file;
}

/// Reads the next bytes. \return how many; 0 at the end
std::size_t read_some(const Reading& file, const fs::path& path, Exit refusal, std::span<char> buffer) {
  for (;;) {
    if (pollfd ready{file.fd, POLLIN, 0}; file.is_stream && ::poll(&ready, 1, kPatienceMs) == 0)
      throw Error(refusal, fmt::format("{} cannot be read", path.string()),
                  fmt::format("nothing was written into this pipe for {} s", kPatienceMs / 1000), "name a file");
    const auto got = ::read(file.fd, buffer.data(), buffer.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR && errno != EAGAIN) refuse_read(path, refusal, errno);
  }
}

[[noreturn]] void refuse_write(const fs::path& path, int error) {
  throw Error(Exit::resources, fmt::format("{} cannot be written", path.string()), std::strerror(error),
              "choose another folder, or make room or rights for it");
}

void sync(const fs::path& path, int flags) {
  const Descriptor file(::open(path.c_str(), flags));
  // Some network file systems cannot fsync a folder (EINVAL). The rename has already happened, so that is no error.
  if (file.fd < 0 || (::fsync(file.fd) != 0 && errno != EINVAL)) refuse_write(path, errno);
}

/// Returns the process that a temporary file belongs to: 0 if it is a process of another host, nothing if the file is
/// not a temporary one.
std::optional<int> owner_of(const std::string& file_name) {
  if (!file_name.starts_with('.') || !file_name.ends_with(kTemporarySuffix)) return std::nullopt;
  const auto stem = file_name.substr(0, file_name.size() - kTemporarySuffix.size());
  const auto dot = stem.rfind('.');
  if (!stem.substr(0, dot).ends_with(fmt::format(".{}", host_name()))) return 0;
  int pid = 0;
  std::from_chars(stem.data() + dot + 1, stem.data() + stem.size(), pid);
  return pid;
}

bool is_alive(int pid) {
  return pid > 0 && (::kill(pid, 0) == 0 || errno != ESRCH);
}

/// Removes the temporary files of a folder for whose owner `goes(pid)` is true.
template <class Goes>
void remove_temporaries(const fs::path& folder, const Goes& goes) {
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec))
    if (const auto pid = owner_of(entry.path().filename().string()); pid && goes(*pid)) fs::remove(entry.path(), ec);
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
  while (file->is_stream || have < text.size()) {  // a file that is growing is read up to the size it had
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
                ec ? ec.message() : "there is a file of that name", "choose another place or get the rights");
}

Publication::~Publication() {
  std::error_code ignored;
  for (const auto& file : staged_) fs::remove(file.temporary, ignored);
}

void Publication::stage(const fs::path& path, const Write& write) {
  if (fs::is_directory(path))
    throw Error(Exit::resources, fmt::format("{} cannot be written", path.string()), "there is a folder of that name",
                "remove the folder, or choose another place");
  staged_.push_back({temporary_for(path), path});
  write(staged_.back().temporary);
  sync(staged_.back().temporary, O_RDONLY);
}

void Publication::commit() {
  for (const auto& file : staged_) {
    std::error_code ec;
    fs::rename(file.temporary, file.path, ec);
    // A merge may have removed our temporary file because another process had published the same file.
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

void clean_temporaries(const fs::path& folder) {
  remove_temporaries(folder, [](int pid) { return pid > 0 && !is_alive(pid); });
}

void remove_dead_temporaries(const fs::path& folder) {
  remove_temporaries(folder, [](int pid) { return !is_alive(pid); });
}

void remove_own_temporaries(const fs::path& folder) noexcept {
  try {
    remove_temporaries(folder, [](int pid) { return pid == ::getpid(); });
  } catch (const std::exception&) {
    // Memory ran out, or the folder is gone. The next process will clean up.
  }
}

}  // namespace sorsweep
