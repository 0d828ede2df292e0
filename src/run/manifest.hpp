/// \file
/// What a run says about itself: its manifest, and outlines of it for scripts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sorsweep {

/// What a run is expected to take, according to a probe of some of its slices.
struct Prediction {
  double seconds = 0;  ///< Time of units and reduction, on `threads` threads of an idle machine.
  int threads = 1;
  std::uint64_t peak_memory = 0, disk = 0;  ///< Bytes.
};

/// The content of RUN/manifest.json: who made the run, from what, when and where. No other table of a run contains
/// times. It is written when the run begins, without results, and again when the run ends.
struct Manifest {
  /// A day of the store, as the run found it.
  struct Day {
    std::string name;  ///< As "SYN 2024-07-08".
    std::size_t rows = 0;
    std::string seal;  ///< Seal of the file: it shows without reading the day whether it is still the same.
  };

  std::string run_id;
  std::vector<std::string> identity;  ///< The lines that the id is a hash of (RunIdentity::lines).
  std::string config_hash;
  std::string result_hash;
  std::string host;
  int threads = 0;
  std::size_t points = 0;
  std::size_t units = 0;
  std::size_t units_resumed = 0;
  std::string started_at, ended_at;  ///< ISO 8601, in UTC.
  double wall_seconds = 0;
  std::vector<Day> days;
  std::optional<Prediction> predicted;  ///< Made before the run began.
  std::uint64_t peak_memory = 0;        ///< Bytes of the process that ended the run.
  std::uint64_t disk = 0;               ///< Bytes of units and results.h5, once the run has ended.
};
std::string manifest_json(const Manifest& manifest);

/// What there is to do in a run, for scripts (`sweep --init --json`).
struct RunOutline {
  std::string run, run_id;
  std::size_t units = 0, units_done = 0;
  double predicted_seconds = 0;
  int threads = 0;
  std::uint64_t merge_memory = 0;  ///< Bytes of the budget that a merge by as many threads needs, placements left out.
};
std::string outline_json(const RunOutline& outline);

/// What a run would take (`plan --json`).
struct PlanOutline {
  std::size_t points = 0, days = 0, units = 0;
  std::uint64_t slices = 0;  ///< Approximate, over all days; 0 if the router does not work in slices.
  double candidates_a_slice = 0, contenders_a_slice = 0;
  Prediction predicted;
  double thread_seconds = 0;
  std::uint64_t budget = 0;  ///< Bytes.
  std::size_t shards = 1;
  double longest_shard_seconds = 0;
  std::size_t days_tried = 0, slices_tried = 0;
  std::vector<std::string> warnings;
};
std::string plan_json(const PlanOutline& outline);

/// Reads a manifest. \param name is that of the file, for messages \throws Error (integrity) if it is not a manifest
Manifest read_manifest(const std::string& name, const std::string& manifest_text);

}  // namespace sorsweep
