/// \file
/// Commands to repeat or to complete a run: what messages end with.
#pragma once

#include <filesystem>
#include <string>

#include "config/config.hpp"
#include "run/run_request.hpp"
#include "sorsweep/market/day_key.hpp"

namespace sorsweep {

/// For a POSIX shell. The command of the whole run with the unit's day and structural point set last, so that they win,
/// and a folder of its own.
/// \param run the run's folder
std::string alone_command(const RunRequest& request, const StructuralPoint& structural, const DayKey& day,
                          const std::filesystem::path& run);

/// The command that computes what a run still lacks, of its resolved config.
std::string complete_command(const std::filesystem::path& run, Engine engine);

/// A word that a POSIX shell takes as it is.
std::string shell_word(const std::string& text);

/// "@slice=5m,lot=100", or nothing: of file names, so a long one is a hash.
std::string structural_suffix(const std::string& structural);

}  // namespace sorsweep
