/// \file
/// Reading files, and writing files that appear whole or not at all.
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

/// Returns the whole file. If `most` is given, a pipe or a device is read too, and its writer may pause for up to ten
/// seconds at a time.
/// \param most the greatest length allowed, in bytes
/// \throws Error with the code `refusal` if the file is missing, is a folder, is too long or cannot be read. A file
///         that cannot be read is not a damaged file: where `refusal` is integrity, missing rights and disk errors give
///         (input).
std::string read_file(const std::filesystem::path& path, Exit refusal, std::uint64_t most = kAnyLength);

using ReadPart = std::function<void(std::string_view part)>;

/// Reads a file of any length piece by piece, in order. Pipes and devices are refused. \throws Error as `read_file`
/// does
void read_parts(const std::filesystem::path& path, Exit refusal, const ReadPart& part);

/// Returns the first `size` bytes, fewer if the file is shorter, and none if it cannot be read.
std::string read_head(const std::filesystem::path& path, std::size_t size);

/// Returns the size of a regular file in bytes, and 0 if there is no such file.
std::uint64_t file_bytes(const std::filesystem::path& path);

/// Makes the folder and its parents where they are missing. \throws Error (resources) if the system refuses
void make_folder(const std::filesystem::path& path);

/// Publishes several files together: each is staged under a temporary name, then all are renamed in one go.
/// The destructor removes whatever was staged and not committed.
class Publication {
 public:
  using Write = std::function<void(const std::filesystem::path& temporary)>;

  Publication() = default;
  ~Publication();
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  /// Calls `write(temporary)` with a name in the folder of `path`, then fsyncs that file.
  /// \throws Error (resources), and whatever `write` throws
  void stage(const std::filesystem::path& path, const Write& write);

  /// Renames everything that was staged and fsyncs the folders. \throws Error (resources), possibly after some of the
  /// renames
  void commit();

 private:
  struct Staged {
    std::filesystem::path temporary, path;
  };
  std::vector<Staged> staged_;
};

/// Stages and commits one file. If `write` throws or the disk refuses, `path` is left as it was.
/// \throws Error (resources), and whatever `write` throws
void publish(const std::filesystem::path& path, const Publication::Write& write);

/// Writes a new file directly, for use in `stage`. An existing file or link is removed first, so that nothing is
/// written through a link. \throws Error (resources)
void write_text(const std::filesystem::path& path, std::string_view text);

/// Publishes the text as one file. \throws Error (resources)
void publish_text(const std::filesystem::path& path, std::string_view text);

/// Publishes the text unless the file exists. When several processes try at once, exactly one succeeds.
/// \return false if the file existed. \throws Error (resources)
bool publish_text_if_absent(const std::filesystem::path& path, std::string_view text);

/// Removes the temporary files that dead processes of this host left in `folder`.
void clean_temporaries(const std::filesystem::path& folder);

/// Removes those and the temporary files of other hosts, for folders in which nobody will publish any more.
void remove_dead_temporaries(const std::filesystem::path& folder);

/// Removes this process's own temporary files when it has to end in the middle of writing. Never throws.
void remove_own_temporaries(const std::filesystem::path& folder) noexcept;

}  // namespace sorsweep
