/// \file
/// Writing files that appear whole or not at all, also after a power cut. Everything that the program leaves behind,
/// but for logs, is published here.
///
/// A file is written under a temporary name in the same folder (core/temporaries.hpp) and fsynced through the
/// descriptor that wrote it. Only then it gets its own name, and the folder is fsynced.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/file_calls.hpp"

namespace sorsweep {

/// A file on its way. The destructor removes it if it has not got its name.
class NewFile {
 public:
  /// Makes an empty temporary beside `path`, and locks it. \throws Error (resources)
  explicit NewFile(std::filesystem::path path);
  ~NewFile();
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Appends bytes. \throws Error (resources)
  void write(std::string_view bytes);

  /// Makes sure that what was written is on the disk. \throws Error (resources)
  void sync();

  /// Closes the file, and thereby its lock. From here to the end, the caller has to keep cleaners out of the folder.
  void let_go() { file_.close(); }

  /// Gives the file its name, also in place of another one. \return false if a cleaner has removed the file.
  /// \throws Error (resources)
  [[nodiscard]] bool replace();

  /// Gives the file its name unless that is taken. \return false if it is. \throws Error (resources)
  bool appear();

 private:
  std::filesystem::path path_, temporary_;  ///< The temporary is empty once there is none.
  Descriptor file_;
};

/// Makes sure that the names in a folder are on the disk, as far as its file system can. \throws Error (resources)
void sync_folder(const std::filesystem::path& folder);

/// Makes the folder and its parents where they are missing, and makes sure that they are on the disk.
/// \throws Error (resources) if the system refuses
void make_folder(const std::filesystem::path& path);

using WriteFile = std::function<void(NewFile& file)>;

/// What becomes of a file that has the name already.
enum class IfThere { replace, keep };

/// Publishes several files together: all are staged, and then get their names in one go. Temporaries that are staged
/// are not locked, because there may be more of them than descriptors. So whoever stages keeps others out of the
/// folders (FolderLock).
class Publication {
 public:
  /// Calls `write(file)` and makes sure that the file is on the disk. \throws Error (resources), and whatever `write`
  /// throws
  void stage(const std::filesystem::path& path, IfThere if_there, const WriteFile& write);

  /// Gives all files their names and fsyncs the folders. If that fails, those that replaced nothing are taken back.
  /// \return the file that is in the way, if there is one. \throws Error (resources)
  [[nodiscard]] std::optional<std::filesystem::path> commit();

 private:
  struct Staged {
    NewFile file;
    IfThere if_there;
    bool has_appeared = false;
  };
  std::optional<std::filesystem::path> name_all();
  void take_back();
  void sync_folders();

  std::vector<Staged> staged_;
};

/// Publishes one file, in place of the one that is there. If `write` throws or the disk refuses, that one stays as it
/// was. \throws Error (resources), and whatever `write` throws
void publish(const std::filesystem::path& path, const WriteFile& write);

/// Publishes the text as one file. \throws Error (resources)
void publish_text(const std::filesystem::path& path, std::string_view text);

/// Publishes the text unless the file exists. When several processes try at once, exactly one succeeds.
/// \return false if the file existed. \throws Error (resources)
bool publish_text_if_absent(const std::filesystem::path& path, std::string_view text);

}  // namespace sorsweep
