/// \file
/// What the task graph asks of a run: to find, load, publish and report its units.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "job/run_observer.hpp"
#include "job/sweep_job.hpp"
#include "sweep/graph.hpp"

namespace sorsweep {

/// Returns the options of the task graph for the units of a structural point that this process computes.
GraphOptions graph_options(const SweepJob& job, std::size_t structural_point);

/// Makes the hooks that whole runs and shards have in common. It must outlive them.
class UnitHooks {
 public:
  /// \param structural_point is the number of the structural point
  UnitHooks(const SweepJob& job, std::size_t structural_point, const RunWatch& watch, UnitCounts& counts);

  /// \param reads says whether units that are there are read, or only checked
  GraphHooks make(bool reads);

 private:
  const UnitName& name_of(const DayKey& day, RowRange rows) const;
  std::string alone(const DayKey& day) const;
  std::optional<UnitResult> find(const UnitName& name, bool reads);
  void publish(const UnitName& name, const UnitResult& unit);

  const SweepJob& job_;
  const Config& config_;
  const RunWatch watch_;
  UnitCounts& counts_;
  std::unordered_map<std::string, const UnitName*> names_;  ///< By day and first row.
  std::unordered_set<const UnitName*> counted_;             ///< Units that are done, and were counted.
  std::mutex mutex_;
};

}  // namespace sorsweep
