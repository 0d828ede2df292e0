#include "core/temporaries.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "core/error.hpp"
#include "core/file_calls.hpp"
#include "core/hash.hpp"
#include "core/machine.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kPrefix = ".sorsweep-";
constexpr std::string_view kSuffix = ".tmp";

std::string prefix_of_host() {
  return fmt::format("{}{}-", kPrefix, hash_hex(host_name()).substr(0, 8));
}

/// Returns how the names of this process's temporaries begin.
const std::string& own_prefix() {
  static const std::string prefix = [] {
    std::array<std::uint64_t, 2> token{};
    if (::getentropy(token.data(), sizeof token) != 0)
      throw Error(Exit::resources, "no temporary file can be named", "the system gives no random numbers");
    return fmt::format("{}{:016x}{:016x}-", prefix_of_host(), token[0], token[1]);
  }();
  return prefix;
}

/// Removes the temporaries of a folder whose names begin so and for which `goes(path)` is true.
template <class Goes>
void remove_temporaries(const fs::path& folder, std::string_view prefix, const Goes& goes) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(kSuffix) && goes(entry.path())) file_calls().unlink(entry.path());
  }
}

/// Returns whether a lock failed because another process has it. Else the file system has no locks.
bool is_held_by_another() {
  return errno == EWOULDBLOCK;
}

/// Removes temporaries that no process holds. Each is unlinked while we hold it, so that its maker cannot miss it.
void remove_abandoned(const fs::path& folder, std::string_view prefix, bool also_without_locks) {
  Descriptor file;  // is open, and so holds the lock, until the next one is looked at
  remove_temporaries(folder, prefix, [&](const fs::path& path) {
    file = open_file(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
    if (file.fd() < 0) return false;
    return file_calls().lock(file.fd(), LOCK_EX | LOCK_NB) == 0 || (!is_held_by_another() && also_without_locks);
  });
}

}  // namespace

fs::path new_temporary(const fs::path& folder) {
  static std::atomic<std::uint64_t> count{0};
  return folder / fmt::format("{}{}{}", own_prefix(), count++, kSuffix);
}

bool hold_temporary(int file) {
  if (file_calls().lock(file, LOCK_EX | LOCK_NB) != 0 && is_held_by_another()) return false;
  struct stat status {};
  return ::fstat(file, &status) == 0 && status.st_nlink > 0;
}

void clean_temporaries(const fs::path& folder) {
  remove_abandoned(folder, prefix_of_host(), false);
}

void remove_dead_temporaries(const fs::path& folder) {
  remove_abandoned(folder, kPrefix, true);
}

void remove_own_temporaries(const fs::path& folder) noexcept {
  try {
    remove_temporaries(folder, own_prefix(), [](const fs::path&) { return true; });
  } catch (const std::exception&) {
    // Memory ran out, or the folder is gone. The next process will clean up.
  }
}

}  // namespace sorsweep
