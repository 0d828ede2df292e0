/// \file
/// What a run that has ended leaves in its folder.
#pragma once

#include <optional>
#include <string>

#include "job/run_job.hpp"

namespace sorsweep {

/// What a verb prints once a run has ended.
struct Outputs {
  std::string best_json;
  std::string summary;  ///< For a terminal.
};

/// The tables and best.json, the manifest where `is_new`, and report.html.
/// \param finished with results
/// \param is_new   the run ends with this process; else its manifest stays as it is
/// \return nothing when `stop` became true before the first file was written
std::optional<Outputs> write_outputs(SweepJob& job, const Finished& finished, bool is_new,
                                     const std::atomic<bool>& stop);

}  // namespace sorsweep
