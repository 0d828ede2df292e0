// tested by: tests/app/failure_test.cpp (Log)
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "app/terminal.hpp"
#include "core/error.hpp"
#include "core/machine.hpp"
#include "core/text.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {

Log::Log(int verbosity, const std::filesystem::path& file) : verbosity_(verbosity) {
  if (file.empty()) return;
  file_.open(file, std::ios::app);
  if (!file_)
    throw Error(Exit::resources, fmt::format("the log file {} cannot be written", file.string()), "",
                "give --log-file a file in a folder that exists");
}

void Log::say(int level, std::string_view message) {
  const auto text = tame(message);  // It may contain names of files.
  if (level <= verbosity_) {
    clear_bar();
    write_to_stderr(text + "\n");
  }
  if (!file_.is_open() || !file_) return;
  file_ << utc_now() << ' ' << text << std::endl;
  if (!file_) write_to_stderr("sorsweep: the log file cannot be written: the work goes on without it\n");
}

void print_result(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  const int error = errno;
  if (error == EPIPE) end_by_closed_pipe();
  throw Error(Exit::resources, "standard output cannot be written", std::strerror(error));
}

}  // namespace sorsweep
