#include "app/failure.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/output.hpp"
#include "app/progress.hpp"
#include "app/verb_json.hpp"

namespace sorsweep {

Exit tell_failure(const Error& error, bool json, Log* log) noexcept {
  try {
    const auto text = fmt::format("sorsweep: {}", error.what());
    if (log) {
      log->error(text);
    } else {
      clear_bar();
      fmt::print(stderr, "{}\n", text);
    }
    if (json) print_result(error_json(error));
  } catch (...) {  // nobody is left to be told
  }
  return error.code();
}

Exit tell_stopped(const std::string& text, bool json, Log& log) {
  log.info(fmt::format("{}: run the same command again", text));
  if (json) print_result(error_json({Exit::stopped, text, "", "run the same command again"}));
  return Exit::stopped;
}

}  // namespace sorsweep
