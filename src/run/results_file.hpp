/// \file
/// results.h5: the surfaces over all days, with their axes, for any HDF5 reader (docs/surfaces.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "sorsweep/reduce/reducer.hpp"

namespace sorsweep {

/// Of the files written, and of those read.
inline constexpr std::int64_t kResultsSchemaVersion = 1;

/// Whose results they are, as text.
struct ResultsHeader {
  std::string run_id;
  std::string objective;   ///< as the config has it
  std::string structural;  ///< "slice=5m,lot=100"; empty where nothing is structural
};

/// "results.h5", or "results@slice=5m,lot=100.h5".
std::string results_file_name(const std::string& structural);

/// Publishes the results of one structural point; chunks are made by the threads of the arena at hand. Equal results
/// give equal bytes, whatever made them.
/// \param reducer after its `finish`; null where surfaces are not kept
/// \throws Error (resources)
void write_results_file(const std::filesystem::path& path, const Grid& grid, const Reducer* reducer,
                        const SweepSummary& summary, const ResultsHeader& header);

}  // namespace sorsweep
