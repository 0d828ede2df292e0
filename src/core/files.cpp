#include "sorsweep/core/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

#include "sorsweep/core/machine.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTemporarySuffix = ".tmp";

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

std::string read_file(const fs::path& path, Exit refusal) {
  std::error_code ec;
  const auto status = fs::status(path, ec);
  if (!fs::exists(status)) throw Error(refusal, fmt::format("{} is not there", path.string()), "", "check the path");
  if (fs::is_directory(status))
    throw Error(refusal, fmt::format("{} is a folder", path.string()), "a file is meant here", "name a file in it");
  std::ifstream file(path, std::ios::binary);
  std::string text;
  if (file && fs::is_regular_file(status)) {
    text.resize(fs::file_size(path));
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
  } else if (file) {
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  if (!file && !file.eof())
    throw Error(refusal == Exit::integrity ? Exit::input : refusal, fmt::format("{} cannot be read", path.string()),
                std::strerror(errno), "get the rights to read it");
  return text;
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
  std::ofstream file(path, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) refuse_write(path, errno);
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
