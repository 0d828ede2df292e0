#include "app/log.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/progress.hpp"
#include "core/error.hpp"
#include "core/machine.hpp"
#include "core/text.hpp"

namespace sorsweep {

Log::Log(int verbosity, const std::filesystem::path& file) : verbosity_(verbosity) {
  if (file.empty()) return;
  file_.open(file, std::ios::app);
  if (!file_)
    throw Error(Exit::resources, fmt::format("the log file {} cannot be written", file.string()), "",
                "give --log-file a file in a folder that is there");
}

void Log::say(int level, std::string_view message) {
  const auto text = tame(message);  // names of files are in it
  if (level <= verbosity_) {
    clear_bar();
    fmt::print(stderr, "{}\n", text);
  }
  if (!file_.is_open()) return;
  file_ << utc_now() << ' ' << text << std::endl;
}

}  // namespace sorsweep
