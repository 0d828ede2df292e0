/// \file
/// Files that appear whole or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sorsweep/core/error.hpp"

namespace sorsweep {

inline constexpr std::uint64_t kAnyLength = UINT64_MAX;

/// The whole file, of at most `most` bytes. Where there is such a limit a pipe or a device is read too: who writes into it
/// may take ten seconds from one piece to the next.
/// \throws Error (`refusal`) if it is not there, is a folder or too long; (input, where `refusal` is integrity) if it cannot
/// be read.
std::string read_file(const std::filesystem::path& path, Exit refusal, std::uint64_t most = kAnyLength);

/// The same in pieces, for files of any length. \throws Error as read_file does
using ReadPart = std::function<void(std::string_view part)>;
void read_parts(const std::filesystem::path& path, Exit refusal, const ReadPart& part);

/// The first bytes, as many as there are; none where it cannot be read.
std::string read_head(const std::filesystem::path& path, std::size_t size);

/// Of a regular file; 0 of what is none, or not there.
std::uint64_t file_bytes(const std::filesystem::path& path);

/// Makes the folder and its parents. \throws Error (resources) naming the part that cannot be made.
void make_folder(const std::filesystem::path& path);

/// Several files that appear together: staged one by one under temporary names, then renamed in one go.
/// Whatever was staged and not committed is removed again.
class Publication {
 public:
  using Write = std::function<void(const std::filesystem::path& temporary)>;

  Publication() = default;
  ~Publication();
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  /// Calls `write(temporary)` in the folder of `path`, then fsyncs the file.
  void stage(const std::filesystem::path& path, const Write& write);

  /// Renames everything staged and fsyncs the folders.
  void commit();

 private:
  struct Staged {
    std::filesystem::path temporary, path;
  };
  std::vector<Staged> staged_;
};

/// One file: staged and committed. If anything throws, `path` is as it was.
void publish(const std::filesystem::path& path, const Publication::Write& write);

/// Plain writing into a new file, for `stage`. \throws Error (resources)
void write_text(const std::filesystem::path& path, std::string_view text);

void publish_text(const std::filesystem::path& path, std::string_view text);

/// The same, but the first of several processes wins. \return false where the file is there already
bool publish_text_if_absent(const std::filesystem::path& path, std::string_view text);

/// Removes temporaries in `folder` left by processes of this host that are no more.
void sweep_temporaries(const std::filesystem::path& folder);

/// The same, and those of other hosts: where nothing more is to be published.
void remove_dead_temporaries(const std::filesystem::path& folder);
/// Removes this process's own: for when it is about to end in the midst of writing. Never throws.
void remove_own_temporaries(const std::filesystem::path& folder) noexcept;

}  // namespace sorsweep
