/// \file
/// File calls that write down what they are asked for, and fail when a test wants it.
#pragma once

#include <cerrno>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/file_calls.hpp"

/// Passes everything on to the system. A call is written down as its name and its files: the names of files alone,
/// "temporary" for every temporary, and "folder" for every folder.
class RecordedCalls : public sorsweep::FileCalls {
 public:
  std::vector<std::string> calls;

  /// The errors that the next calls of a name fail with, before the system is asked; 0 lets one through.
  std::map<std::string, std::deque<int>> errors;

  int open(const Path& path, int flags) override {
    const auto result = ask("open", name_of(path), [&] { return FileCalls::open(path, flags); });
    if (result >= 0) names_[result] = name_of(path);
    return result;
  }
  ::ssize_t write(int file, std::string_view bytes) override {
    return ask("write", names_[file], [&] { return FileCalls::write(file, bytes.substr(0, most_bytes)); });
  }
  int sync(int file) override {
    return ask("sync", names_[file], [&] { return FileCalls::sync(file); });
  }
  int lock(int file, int operation) override {
    return ask("lock", names_[file], [&] { return FileCalls::lock(file, operation); });
  }
  int close(int file) override {
    return ask("close", names_[file], [&] { return FileCalls::close(file); });
  }
  int link(const Path& from, const Path& to) override {
    return ask("link", name_of(from) + " " + name_of(to), [&] { return FileCalls::link(from, to); });
  }
  int rename(const Path& from, const Path& to) override {
    return ask("rename", name_of(from) + " " + name_of(to), [&] { return FileCalls::rename(from, to); });
  }
  int rename_new(const Path& from, const Path& to) override {
    return ask("rename_new", name_of(from) + " " + name_of(to), [&] { return FileCalls::rename_new(from, to); });
  }
  int unlink(const Path& path) override {
    return ask("unlink", name_of(path), [&] { return FileCalls::unlink(path); });
  }
  int make_folder(const Path& path) override {
    return ask("make_folder", path.filename().string(), [&] { return FileCalls::make_folder(path); });
  }

  std::size_t most_bytes = SIZE_MAX;  ///< That one call writes.

 private:
  static std::string name_of(const Path& path) {
    const auto name = path.filename().string();
    return name.ends_with(".tmp") ? "temporary" : std::filesystem::is_directory(path) ? "folder" : name;
  }

  template <class Call>
  auto ask(const std::string& call, const std::string& names, const Call& system) -> decltype(system()) {
    calls.push_back(call + " " + names);
    auto& next = errors[call];
    const int error = next.empty() ? 0 : next.front();
    if (!next.empty()) next.pop_front();
    if (error == 0) return system();
    errno = error;
    return -1;
  }

  std::map<int, std::string> names_;
};
