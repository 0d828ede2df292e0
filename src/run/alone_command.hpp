/// \file
/// Commands that repeat a unit or complete a run. Messages end with them.
#pragma once

#include <filesystem>
#include <string>

#include "config/config.hpp"
#include "run/run_request.hpp"
#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// Returns the command that runs a unit alone, for a POSIX shell: that of the whole run with the unit's day and
/// structural point set last, so that they win, and with a folder of its own.
/// \param run is the run's folder
std::string alone_command(const RunRequest& request, const StructuralPoint& structural, const DayKey& day,
                          const std::filesystem::path& run);

/// Returns the command that computes what a run still lacks, from its resolved config.
std::string complete_command(const std::filesystem::path& run, Engine engine);

/// Quotes a text so that a POSIX shell takes it as one word.
std::string shell_word(const std::string& text);

/// Returns what the names of files say of a structural point: "@slice=5m,lot=100", nothing if nothing is structural, or
/// a hash if the text is long.
std::string structural_suffix(const std::string& structural);

}  // namespace sorsweep
