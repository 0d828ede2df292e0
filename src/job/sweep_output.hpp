/// \file
/// What a run that has ended leaves in its folder.
#pragma once

#include <optional>
#include <string>

#include "job/run_job.hpp"
#include "report/findings.hpp"

namespace sorsweep {

struct Outputs {
  Findings findings;
  std::string best_json;
  std::string summary;   ///< for a terminal
  std::string no_store;  ///< why days cannot be loaded again; empty if they can
};

/// The tables and best.json, the manifest where `is_new`, and report.html.
/// \param finished with results
/// \param is_new   the run ends with this process; else its manifest stays as it is
/// \return nothing when `stop` became true before the first file was written
std::optional<Outputs> write_outputs(SweepJob& job, const Finished& finished, bool is_new,
                                     const std::atomic<bool>& stop);

}  // namespace sorsweep
