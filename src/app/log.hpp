/// \file
/// Messages to a person: on standard error, and in a file where one is asked for.
#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

namespace sorsweep {

class Log {
 public:
  /// \param verbosity -1: errors only, 0: what happened, 1: details too
  /// \throws Error (resources) when the file cannot be written.
  Log(int verbosity, const std::filesystem::path& file);

  void error(std::string_view text) { say(-1, text); }
  void info(std::string_view text) { say(0, text); }
  void detail(std::string_view text) { say(1, text); }
  int verbosity() const { return verbosity_; }

 private:
  void say(int level, std::string_view message);
  int verbosity_;
  std::ofstream file_;
};

}  // namespace sorsweep
