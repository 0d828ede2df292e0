#include "sorsweep/app/program.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>

#include "app/cli.hpp"
#include "app/cpu_check.hpp"
#include "app/log.hpp"
#include "app/verbs.hpp"

namespace sorsweep {
namespace {

struct RunVerb {
  Log& log;
  Exit operator()(std::monostate) const { return Exit::ok; }
  Exit operator()(const SynthCommand& command) const { return run_synth(command, log); }
  Exit operator()(const ConvertCommand& command) const { return run_convert(command, log); }
  Exit operator()(const InspectCommand& command) const { return run_inspect(command, log); }
  Exit operator()(const VerifyCommand& command) const { return run_verify(command, log); }
  Exit operator()(const PlanCommand& command) const { return run_plan(command, log); }
  Exit operator()(const SweepCommand& command) const { return run_sweep(command, log); }
  Exit operator()(const ReplayCommand& command) const { return run_replay(command, log); }
  Exit operator()(const StatusCommand& command) const { return run_status(command, log); }
  Exit operator()(const ReportCommand& command) const { return run_report(command, log); }
  Exit operator()(const MergeCommand& command) const { return run_merge(command, log); }
};

Exit run(int argc, char** argv) {
  const auto command = parse_command_line(argc, argv);
  Log log(command.verbosity, command.log_file);
  try {
    return std::visit(RunVerb{log}, command.verb);
  } catch (const Error& error) {
    log.error(fmt::format("sorsweep: {}", error.what()));
    return error.code();
  }
}

}  // namespace

int run_program(int argc, char** argv) {
  try {
    check_cpu();
    // Rows and slabs come and go all the time: their memory is kept, or each would be mapped and faulted in anew.
    mallopt(M_MMAP_THRESHOLD, 1 << 28);
    mallopt(M_TRIM_THRESHOLD, 1 << 29);
    std::signal(SIGXFSZ, SIG_IGN);  // a file-size limit is then an error like a full disk
    return static_cast<int>(run(argc, argv));
  } catch (const Error& error) {
    fmt::print(stderr, "sorsweep: {}\n", error.what());
    return static_cast<int>(error.code());
  } catch (const std::filesystem::filesystem_error& error) {
    fmt::print(stderr, "sorsweep: {} cannot be read ({})\n", error.path1().string(), error.code().message());
    return static_cast<int>(Exit::input);
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "sorsweep: out of memory: take a smaller grid or input\n");
    return static_cast<int>(Exit::resources);
  } catch (const std::exception& error) {
    fmt::print(stderr, "sorsweep: internal error: {}\n", error.what());
    return static_cast<int>(Exit::internal);
  }
}

}  // namespace sorsweep
