/// \file
/// The outputs that a run leaves in its folder when it has ended: tables, best.json, the manifest and the page.
#pragma once

#include <optional>
#include <string>

#include "job/run_job.hpp"

namespace sorsweep {

/// Holds what a verb prints once a run has ended.
struct Outputs {
  std::string best_json;
  std::string summary;  ///< For a terminal.
};

/// Writes the tables, best.json, report.html, and for a new run the manifest.
/// \param finished has results; the sample that they are judged by is used up
/// \param is_new   whether the run ends with this process; otherwise its manifest stays as it is
/// \return nothing when `stop` became true before the first file was written
std::optional<Outputs> write_outputs(SweepJob& job, Finished& finished, bool is_new, const std::atomic<bool>& stop);

}  // namespace sorsweep
