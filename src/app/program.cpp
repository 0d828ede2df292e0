// tested by: tests/package/stranger/own_main.cpp (run_program)
#include "sorsweep/app/program.hpp"

#include <malloc.h>

#include <csignal>
#include <exception>
#include <optional>

#include "app/cli.hpp"
#include "app/failure.hpp"
#include "app/version.hpp"
#include "core/standard_streams.hpp"

namespace sorsweep {
namespace {

void prepare_process() {
  keep_standard_streams();
  outlive_closed_pipes();
  check_cpu();
  // Rows and slabs come and go all the time. We keep their memory, or the system would map and fault in each of them
  // again.
  mallopt(M_MMAP_THRESHOLD, 1 << 28);
  mallopt(M_TRIM_THRESHOLD, 1 << 29);
  std::signal(SIGXFSZ, SIG_IGN);  // A file-size limit then is an error like a full disk.
}

}  // namespace

int run_program(int argc, char** argv) {
  std::optional<Log> log;
  try {
    prepare_process();
    const auto command = parse_command_line(all_verbs(), argc, argv);
    log.emplace(command.verbosity, command.log_file);
    return command.run ? command.run(*log) : static_cast<int>(Exit::ok);
  } catch (...) {
    return static_cast<int>(tell_failure(std::current_exception(), wants_json(argc, argv), log ? &*log : nullptr));
  }
}

}  // namespace sorsweep
