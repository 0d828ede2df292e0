/// \file
/// A finished unit as a file, which is immutable, sealed, and readable by any HDF5 reader (docs/surfaces.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "run/unit_plan.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// Schema version of the files that are written and read.
inline constexpr std::int64_t kUnitSchemaVersion = 3;

/// Publishes the result of a unit. \param metrics says what unit.metrics are \throws Error (resources)
void write_unit_file(const std::filesystem::path& path, const std::string& run_id, const UnitName& name,
                     const UnitResult& unit, bool is_sliced, const std::vector<Metric>& metrics);

/// Reads the result of a unit.
/// \param points is the size of its surface: all points of its rows, or fewer if surfaces are not kept
/// \throws Error (integrity) if the file is damaged, or is not this run's result of that unit
UnitResult read_unit_file(const std::filesystem::path& path, const std::string& run_id, const UnitName& name,
                          std::size_t points, bool is_sliced);

/// Checks a file as read_unit_file does, but reads no columns.
void check_unit_file(const std::filesystem::path& path, const std::string& run_id, const UnitName& name);

}  // namespace sorsweep
