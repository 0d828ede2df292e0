#include "core/publication.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cstring>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "core/files.hpp"
#include "core/temporaries.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

bool is_folder(const fs::path& path) {
  std::error_code none;
  return fs::is_directory(path, none);
}

/// Returns whether this is a device or a pipe, or a link to one such as /dev/stdout.
bool is_device(const fs::path& path) {
  std::error_code none;
  return fs::is_other(path, none) || fs::absolute(path, none).parent_path() == "/dev";
}

}  // namespace

NewFile::NewFile(fs::path path) : path_(std::move(path)) {
  if (is_folder(path_))
    throw Error(Exit::resources, fmt::format("{} cannot be written", path_.string()), "there is a folder of that name",
                "remove the folder, or choose another place");
  if (is_device(path_))
    throw Error(Exit::resources, fmt::format("{} cannot be written", path_.string()),
                "it is a device or a pipe, and a new file would take its place", "name a file");
  do {
    temporary_ = new_temporary(folder_of(path_));
    file_ = open_file(temporary_, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (file_.fd() < 0) refuse_write(path_, errno);
  } while (!hold_temporary(file_.fd()));
}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, fs::path())),
      file_(std::move(other.file_)) {}

NewFile::~NewFile() {
  if (!temporary_.empty()) file_calls().unlink(temporary_);
}

void NewFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto wrote = uninterrupted([&] { return file_calls().write(file_.fd(), bytes); });
    if (wrote < 0) refuse_write(path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

void NewFile::sync() {
  if (uninterrupted([&] { return file_calls().sync(file_.fd()); }) != 0) refuse_write(path_, errno);
}

bool NewFile::replace() {
  const int error = file_calls().rename(temporary_, path_) == 0 ? 0 : errno;
  if (error != 0 && error != ENOENT) refuse_write(path_, error);
  temporary_.clear();
  return error == 0;
}

bool NewFile::appear() {
  auto& calls = file_calls();
  if (calls.rename_new(temporary_, path_) == 0) {
    temporary_.clear();
    return true;
  }
  // NFS and some others do not know this call. A second name is as good, and the destructor removes the first.
  const bool is_unknown = errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP;
  if (is_unknown && calls.link(temporary_, path_) == 0) return true;
  if (errno != EEXIST) refuse_write(path_, errno);
  return false;
}

void sync_folder(const fs::path& folder) {
  const auto file = open_file(folder, O_RDONLY | O_DIRECTORY);
  if (file.fd() < 0 && errno == EACCES) return;  // It may be written, but not be read.
  // Some network file systems cannot fsync a folder (EINVAL). The names are there, so that is no error.
  if (file.fd() < 0 || (uninterrupted([&] { return file_calls().sync(file.fd()); }) != 0 && errno != EINVAL))
    refuse_write(folder, errno);
}

void make_folder(const fs::path& path) {
  if (is_folder(path)) return;
  const auto parent = folder_of(path);
  if (parent != path) make_folder(parent);
  const bool is_made = file_calls().make_folder(path) == 0;
  const int error = errno;
  if (!is_made && !(error == EEXIST && is_folder(path)))
    throw Error(Exit::resources, fmt::format("the folder {} cannot be made", path.string()),
                error == EEXIST ? "there is a file of that name" : std::strerror(error),
                "choose another place or get the rights");
  if (is_made) sync_folder(parent);
}

void Publication::stage(const fs::path& path, IfThere if_there, const WriteFile& write) {
  NewFile file(path);
  write(file);
  file.sync();
  file.let_go();
  staged_.push_back({std::move(file), if_there});
}

std::optional<fs::path> Publication::commit() {
  std::optional<fs::path> in_the_way;
  try {
    in_the_way = name_all();
  } catch (...) {
    take_back();
    throw;
  }
  if (in_the_way) take_back();
  sync_folders();
  staged_.clear();
  return in_the_way;
}

std::optional<fs::path> Publication::name_all() {
  for (auto& [file, if_there, has_appeared] : staged_) {
    if (if_there == IfThere::replace) {
      if (!file.replace()) refuse_write(file.path(), ENOENT);
      continue;
    }
    has_appeared = file.appear();
    if (!has_appeared) return file.path();
  }
  return std::nullopt;
}

void Publication::take_back() {
  for (const auto& one : staged_)
    if (one.has_appeared) file_calls().unlink(one.file.path());
}

void Publication::sync_folders() {
  std::set<fs::path> folders;
  for (const auto& one : staged_) folders.insert(folder_of(one.file.path()));
  for (const auto& folder : folders) sync_folder(folder);
}

void publish(const fs::path& path, const WriteFile& write) {
  NewFile file(path);
  write(file);
  file.sync();
  // A merge may have removed our temporary because another process had published the same file.
  if (!file.replace() && !is_there(path)) refuse_write(path, ENOENT);
  sync_folder(folder_of(path));
}

void publish_text(const fs::path& path, std::string_view text) {
  publish(path, [&](NewFile& file) { file.write(text); });
}

bool publish_text_if_absent(const fs::path& path, std::string_view text) {
  NewFile file(path);
  file.write(text);
  file.sync();
  const bool has_appeared = file.appear();
  if (has_appeared) sync_folder(folder_of(path));
  return has_appeared;
}

}  // namespace sorsweep
