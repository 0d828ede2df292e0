/// \file
/// A finished unit as a file: immutable, sealed, readable by any HDF5 reader (docs/surfaces.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "run/unit_plan.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// Of the files written, and of those read.
inline constexpr std::int64_t kUnitSchemaVersion = 3;

/// Publishes a unit's result. \param metrics names of unit.metrics. \throws Error (resources)
void write_unit_file(const std::filesystem::path& path, const std::string& run_id, const UnitName& name,
                     const UnitResult& unit, bool is_sliced, const std::vector<Metric>& metrics);

/// \param points that its surface has: those of its rows, or fewer where surfaces are not kept
/// \throws Error (integrity) when the file is damaged, or is not the run's result of that unit
UnitResult read_unit_file(const std::filesystem::path& path, const std::string& run_id, const UnitName& name,
                          std::size_t points, bool is_sliced);

/// The same check without the columns.
void check_unit_file(const std::filesystem::path& path, const std::string& run_id, const UnitName& name);

}  // namespace sorsweep
