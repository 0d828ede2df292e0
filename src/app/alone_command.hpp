/// \file
/// The command that sweeps one unit of a run alone: what the message of a failing unit ends with.
#pragma once

#include <filesystem>
#include <string>

#include "app/cli.hpp"
#include "app/config.hpp"

namespace sorsweep {

/// For a POSIX shell. The command of the whole run with the unit's day and structural point set last, so that they win,
/// and a folder of its own.
/// \param run the run's folder
std::string alone_command(const SweepCommand& command, const StructuralPoint& structural, const DayKey& day,
                          const std::filesystem::path& run);

/// "slice=5m,lot=100"
std::string text_of(const StructuralPoint& structural);

}  // namespace sorsweep
