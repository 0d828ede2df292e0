/// \file
/// The units that a run has to have, and which of them are there.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sorsweep {

/// Of each unit, in the run's order.
struct RunCoverage {
  std::string run_id, result_hash;  ///< result_hash: empty while the run is not merged
  std::vector<std::string> units;   ///< names for people, as event logs have them
  std::vector<bool> done;           ///< whether its file is there
  std::vector<std::size_t> shard;   ///< from 0; empty: shards were not asked for
  std::vector<double> cost;         ///< predicted, in any unit; empty: all the same
};

/// By names only: no unit is read. \param shards to share the units out to; nothing: not asked for
/// \throws Error (input) where there is no run, (integrity) where its manifest is damaged; what plan_of_run throws, only where
/// shards are asked for: without a plan units are counted, and have no names
RunCoverage coverage_of(const std::filesystem::path& run, std::optional<std::size_t> shards);

}  // namespace sorsweep
