/// \file
/// What was learnt, as JSON. Doubles are printed so that they read back to the same double.
#pragma once

#include <string>
#include <vector>

#include "sorsweep/report/findings.hpp"
#include "sorsweep/sweep/results.hpp"

namespace sorsweep {

/// RUN/best.json: the notebook's keys first, then ours (docs/results.md).
std::string best_json(const Grid& grid, const SweepResults& results, const Findings& findings);

/// RUN/manifest.json: who made the run, from what, when and where. The only file of a run with times in it.
/// Written when the run begins, without results, and again when it ends.
struct Manifest {
  std::string run_id;
  std::vector<std::string> identity;  ///< what the id is a hash of, a line each
  std::string config_hash;
  std::string result_hash;
  std::string host;
  int threads = 0;
  std::size_t points = 0;
  std::size_t units = 0;
  std::size_t units_resumed = 0;
  std::string started_at, ended_at;  ///< ISO-8601, UTC
  double wall_seconds = 0;
};
std::string manifest_json(const Manifest& manifest);

/// The `identity` of a manifest. \param name of the file, for messages. \throws Error (integrity) when it is none.
std::vector<std::string> read_identity(const std::string& name, const std::string& manifest_text);

}  // namespace sorsweep
