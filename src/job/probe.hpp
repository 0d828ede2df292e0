/// \file
/// What a run will take, found by trying a few slices of a few of its days.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "job/sweep_job.hpp"

namespace sorsweep {

struct ProbeEffort {
  std::size_t days = 2;
  std::size_t slices = 6;                     ///< Slices of each day to try, at least 2.
  std::size_t points = std::size_t{1} << 17;  ///< Points of the grid to try, rounded to whole rows.
};

struct Probe {
  Prediction prediction;
  std::size_t days = 0, slices = 0;       ///< Numbers that were tried.
  double slices_a_day = 0;                ///< Over all structural points.
  double candidates = 0, contenders = 0;  ///< Means per slice.
  double thread_seconds = 0;              ///< Time of all units together.
  std::vector<std::string> warnings;      ///< Axes that do nothing, or do the same as another axis.
};

/// Tries a run, or an even choice of its structural points if there are many. The job needs no folder yet.
/// \throws Error as the run would
Probe probe(const SweepJob& job, const ProbeEffort& effort);

/// Predicts a run that is about to begin, at little cost. Returns nothing if a day cannot be tried.
std::optional<Prediction> predict(const SweepJob& job);

}  // namespace sorsweep
