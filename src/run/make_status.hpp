/// \file
/// How far a run is: what is there, and what its event logs tell.
#pragma once

#include "run/run_coverage.hpp"
#include "run/run_events.hpp"
#include "run/run_status.hpp"

namespace sorsweep {

/// \param now_ns the moment that rate and ETA are for
RunStatus make_status(const RunCoverage& coverage, const RunHistory& history, TimeNs now_ns);

/// A few lines and tables for people. \param run the run's folder
std::string status_text(const RunStatus& status, const std::string& run);

}  // namespace sorsweep
