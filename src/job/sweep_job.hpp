/// \file
/// Everything that is known about a run before it runs. `sweep`, `merge` and `report` begin with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "job/memory_plan.hpp"
#include "run/run_folder.hpp"
#include "run/run_plan.hpp"
#include "run/run_request.hpp"
#include "sorsweep/reduce/reducer.hpp"
#include "sweep/graph.hpp"

namespace sorsweep {

struct SweepJob {
  RunRequest request;
  RunPlan plan;
  RunSizes sizes;
  MemoryPlan memory;
  RunFolder folder;
  std::vector<std::size_t> own;   ///< Numbers of the units that this process computes: all, or its shard's.
  std::size_t days_left_out = 0;  ///< Days that the config asks for, and that came into the store after the run began.

  int threads() const { return memory.resources.threads; }
};

/// Returns the sizes of a structural point that decide how much memory it takes. The plan must outlive them.
RunShape shape_of(const RunPlan& plan, std::size_t structural_point, const RunSizes& sizes);

ReduceOptions reduce_options(const RunPlan& plan, const Config& config);

/// Returns the days of a structural point, each with those of its units that are among `own`.
/// \param own        holds numbers of units
/// \param structural_point is the number of the structural point
std::vector<DayUnits> days_of(const std::vector<PlannedUnit>& units, const std::vector<std::size_t>& own,
                              std::size_t structural_point);

/// Plans a new run, or one that is to be resumed. Checks everything and writes nothing: the folder need not exist. A
/// run that has begun in that folder keeps its days, whatever the store has by now.
/// \throws Error (integrity) if one of these days has changed
SweepJob plan_sweep(const RunRequest& request);

/// Returns the bytes that a merge of the run by as many threads needs, without the placements that win.
std::uint64_t merge_memory(const SweepJob& job);

/// Makes the job's folder, or takes one that holds the same run.
/// \return false if another process has begun the run meanwhile, with other days of a store that grows or shrinks. Its
///         days count: plan the sweep again.
/// \throws Error (usage) if the folder holds another run, (resources) if it cannot be made
[[nodiscard]] bool make_folder(SweepJob& job);

/// Plans the report of a run whose units are there. The store is not needed.
/// \param threads, memory are as in RunRequest
SweepJob prepare_report(const std::filesystem::path& run, const std::optional<int>& threads,
                        const std::optional<std::uint64_t>& memory);

}  // namespace sorsweep
