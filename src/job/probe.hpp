/// \file
/// What a run will take, by trying a few slices of a few days of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "job/sweep_job.hpp"

namespace sorsweep {

struct ProbeEffort {
  std::size_t days = 2;
  std::size_t slices = 6;                     ///< of each day, at least 2
  std::size_t points = std::size_t{1} << 17;  ///< of the grid, about: whole rows
};

struct Probe {
  Prediction prediction;
  std::size_t days = 0, slices = 0;       ///< that were tried
  double slices_a_day = 0;                ///< over all structural points
  double candidates = 0, contenders = 0;  ///< of a slice
  double thread_seconds = 0;              ///< of all units
  std::vector<std::string> warnings;      ///< axes that do nothing, or the same as another
};

/// \param job that need not have a folder. Of many structural points an even choice is tried.
/// \throws Error as the run would
Probe probe(const SweepJob& job, const ProbeEffort& effort);

/// The prediction of a run that is about to begin, at little cost; nothing where a day cannot be tried.
std::optional<Prediction> predict(const SweepJob& job);

}  // namespace sorsweep
