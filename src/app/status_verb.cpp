// status: how far a run is.
#include <chrono>

#include "app/output.hpp"
#include "app/verbs.hpp"
#include "run/coverage.hpp"
#include "run/run_events.hpp"
#include "run/run_status.hpp"

namespace sorsweep {

Exit run_status(const StatusCommand& command, Log&) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto history = read_history(command.run);  // before the units: what is done in between is there, not missing
  const auto coverage = coverage_of(command.run, command.shards);
  const auto status = make_status(coverage, history, std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
  print_result(command.json ? status_json(status) : status_text(status, command.run.string()));
  return Exit::ok;
}

}  // namespace sorsweep
