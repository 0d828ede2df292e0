#include "app/log.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/time.hpp"

namespace sorsweep {

Log::Log(int verbosity, const std::filesystem::path& file) : verbosity_(verbosity) {
  if (file.empty()) return;
  file_.open(file, std::ios::app);
  if (!file_) throw Error(Exit::resources, fmt::format("the log file {} cannot be written", file.string()));
}

void Log::say(int level, std::string_view text) {
  if (level <= verbosity_) fmt::print(stderr, "{}\n", text);
  if (!file_.is_open()) return;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  file_ << format_iso_time(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()) << ' ' << text
        << std::endl;
}

}  // namespace sorsweep
