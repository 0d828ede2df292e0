/// \file
/// What a run that has ended leaves in its folder.
#pragma once

#include <string>

#include "app/run_job.hpp"
#include "sorsweep/report/findings.hpp"

namespace sorsweep {

struct Outputs {
  Findings findings;
  std::string best_json;
  std::string summary;   ///< for a terminal
  std::string no_store;  ///< why days cannot be loaded again; empty if they can
};

/// The tables and best.json. \return nothing when a signal came before they were written
std::optional<Outputs> write_outputs(const SweepJob& job, const Finished& finished);

/// report.html, of the files that are there by now.
void write_report(const SweepJob& job, const Finished& finished, const Outputs& outputs);

}  // namespace sorsweep
