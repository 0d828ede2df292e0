// status: shows how far a run has come.
#include "app/run_options.hpp"
#include "core/error.hpp"
#include "run/coverage.hpp"
#include "run/run_events.hpp"
#include "run/run_status.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {
namespace {

struct StatusCommand {
  std::filesystem::path run;
  std::optional<int> shards;  ///< How many shards the units are divided among; those that lack units are named.
  bool json = false;
};

void declare(VerbOptions& options, StatusCommand& command) {
  add_run_folder(options, command.run);
  options.add({.names = "--shards",
               .description = "Name the shards, of this many, that lack units",
               .value = "N",
               .least = 1,
               .most = kMostShards},
              command.shards);
  options.json(command.json);
}

Exit run_status(const StatusCommand& command, Log&) {
  const auto now_ns = file_system_now(command.run);
  // We read the history before the units: what is finished in between counts as done, not as missing.
  const auto history = read_history(command.run);
  const auto coverage = coverage_of(command.run, command.shards);
  const auto status = make_status(coverage, history, now_ns);
  print_result(command.json ? status_json(status) : status_text(status, command.run.string()));
  return Exit::ok;
}

}  // namespace

Verb status_verb() {
  return make_verb("status", "Show how far a run is: units done, running, failed; time to go",
                   {"sorsweep status runs/first", "sorsweep status runs/parts --shards 8 --json"}, declare, run_status);
}

}  // namespace sorsweep
