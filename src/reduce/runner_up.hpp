/// \file
/// The runner-up: the best point away from the best (ENGINE §4).
#pragma once

#include <optional>

#include "reduce/plateau.hpp"
#include "reduce/region_cells.hpp"
#include "sorsweep/reduce/summary.hpp"

namespace sorsweep {

/// \param near  the box to stay out of
/// \return the best point outside of it, the lowest index among equals; nothing if there is none
std::optional<RunnerUp> find_runner_up(const Cells& cells, const Regions& regions, const GridBox& near,
                                       const FetchObjectives& fetch);

}  // namespace sorsweep
