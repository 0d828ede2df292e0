// status: how far a run is.
#include <chrono>

#include "app/run_options.hpp"
#include "core/error.hpp"
#include "run/make_status.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {
namespace {

struct StatusCommand {
  std::filesystem::path run;
  std::optional<int> shards;  ///< that the units are shared out to: name those that lack units
  bool json = false;
};

void declare(VerbOptions& options, StatusCommand& command) {
  add_run_folder(options, command.run);
  options.add({.names = "--shards",
               .description = "Name the shards that lack units, of so many",
               .value = "N",
               .least = 1,
               .most = kMostShards},
              command.shards);
  options.json(command.json);
}

Exit run_status(const StatusCommand& command, Log&) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto history = read_history(command.run);  // before the units: what is done in between is there, not missing
  const auto coverage = coverage_of(command.run, command.shards);
  const auto status = make_status(coverage, history, std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
  print_result(command.json ? status_json(status) : status_text(status, command.run.string()));
  return Exit::ok;
}

}  // namespace

Verb status_verb() {
  return make_verb("status", "Say how far a run is: units done, running, failed; time to go",
                   {"sorsweep status runs/first", "sorsweep status runs/parts --shards 8 --json"}, declare, run_status);
}

}  // namespace sorsweep
