#include "sorsweep/app/program.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <csignal>
#include <exception>
#include <filesystem>

#include "app/cli.hpp"
#include "app/cpu_check.hpp"
#include "app/failure.hpp"
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
    return tell_failure(error, wants_json(argc, argv), &log);
  }
}

}  // namespace

int run_program(int argc, char** argv) {
  const auto fail = [&](const Error& error) { return static_cast<int>(tell_failure(error, wants_json(argc, argv))); };
  try {
    check_cpu();
    // Rows and slabs come and go all the time: their memory is kept, or each would be mapped and faulted in anew.
    mallopt(M_MMAP_THRESHOLD, 1 << 28);
    mallopt(M_TRIM_THRESHOLD, 1 << 29);
    std::signal(SIGXFSZ, SIG_IGN);  // a file-size limit is then an error like a full disk
    return static_cast<int>(run(argc, argv));
  } catch (const Error& error) {
    return fail(error);
  } catch (const std::filesystem::filesystem_error& error) {
    return fail({Exit::input, fmt::format("{} cannot be read", error.path1().string()), error.code().message()});
  } catch (const std::bad_alloc&) {
    return fail({Exit::resources, "out of memory", "", "take a smaller grid or input"});
  } catch (const std::exception& error) {
    return fail({Exit::internal, fmt::format("internal error: {}", error.what())});
  }
}

}  // namespace sorsweep
