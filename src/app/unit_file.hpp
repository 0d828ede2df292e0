/// \file
/// A finished unit as a file: immutable, sealed, readable by any HDF5 reader (docs/results.md).
#pragma once

#include <filesystem>
#include <string>

#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// Publishes a unit's result. \param metrics names of unit.metrics. \throws Error (resources)
void write_unit_file(const std::filesystem::path& path, const std::string& run_id, const UnitResult& unit,
                     bool is_sliced, const std::vector<Metric>& metrics);

/// \param points that its surface has: those of the grid, or fewer where surfaces are not kept
/// \throws Error (integrity) when the file is damaged, or is not the run's result of that day
UnitResult read_unit_file(const std::filesystem::path& path, const std::string& run_id, const DayKey& day,
                          std::size_t points, bool is_sliced);

}  // namespace sorsweep
