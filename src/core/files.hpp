/// \file
/// Files that appear whole or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace sorsweep {

inline constexpr std::uint64_t kAnyLength = UINT64_MAX;

/// The whole file, of at most `most` bytes. Where there is such a limit a pipe or a device is read too: who writes into it
/// may take ten seconds from one piece to the next.
/// \throws Error (`refusal`) if it is not there, is a folder or too long, or cannot be read; but for want of rights or by a
///         failing disk no file is damaged: (input) where `refusal` is integrity
std::string read_file(const std::filesystem::path& path, Exit refusal, std::uint64_t most = kAnyLength);

using ReadPart = std::function<void(std::string_view part)>;

/// The same in pieces, in order, for files of any length; no pipe or device. \throws Error as read_file does
void read_parts(const std::filesystem::path& path, Exit refusal, const ReadPart& part);

/// The first bytes, as many as there are; none where it cannot be read.
std::string read_head(const std::filesystem::path& path, std::size_t size);

/// Of a regular file; 0 of what is none, or not there.
std::uint64_t file_bytes(const std::filesystem::path& path);

/// Makes the folder and its parents, where they are not there yet. \throws Error (resources) where that is refused
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

  /// Calls `write(temporary)` in the folder of `path`, then fsyncs the file. \throws Error (resources), and what `write` throws
  void stage(const std::filesystem::path& path, const Write& write);

  /// Renames everything staged and fsyncs the folders. \throws Error (resources): some may be renamed then, others not
  void commit();

 private:
  struct Staged {
    std::filesystem::path temporary, path;
  };
  std::vector<Staged> staged_;
};

/// One file: staged and committed. If `write` throws, or the disk refuses, `path` is as it was.
/// \throws Error (resources), and what `write` throws
void publish(const std::filesystem::path& path, const Publication::Write& write);

/// Plain writing into a new file, for `stage`. What is there goes first: nothing is written through a link.
/// \throws Error (resources)
void write_text(const std::filesystem::path& path, std::string_view text);

/// The text as a file that appears whole. \throws Error (resources)
void publish_text(const std::filesystem::path& path, std::string_view text);

/// The same, but the first of several processes wins.
/// \return false where the file is there already. \throws Error (resources)
bool publish_text_if_absent(const std::filesystem::path& path, std::string_view text);

/// Removes temporaries in `folder` left by processes of this host that are no more.
void sweep_temporaries(const std::filesystem::path& folder);

/// The same, and those of other hosts: where nothing more is to be published.
void remove_dead_temporaries(const std::filesystem::path& folder);

/// Removes this process's own: for when it is about to end in the midst of writing. Never throws.
void remove_own_temporaries(const std::filesystem::path& folder) noexcept;

}  // namespace sorsweep
