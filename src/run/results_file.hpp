/// \file
/// The file results.h5: the surfaces over all days with their axes, for any HDF5 reader (docs/surfaces.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "sorsweep/reduce/reducer.hpp"

namespace sorsweep {

/// Schema version of the files that are written.
inline constexpr std::int64_t kResultsSchemaVersion = 1;

/// Whose results the file holds, as text.
struct ResultsHeader {
  std::string run_id;
  std::string objective;   ///< As the config writes it.
  std::string structural;  ///< As "slice=5m,lot=100"; empty if nothing is structural.
};

/// The memory that the file may take while it is made.
struct ResultsRoom {
  int threads = 1;             ///< Those of the current arena. They decide how many chunks are in work at a time.
  std::uint64_t expected = 0;  ///< Bytes that are set aside for the file at once, so that it need not move as it grows.
  std::uint64_t most = 0;      ///< Bytes that the arrays in the file may have.
};

/// Returns the bytes of the chunks that are in work at a time.
std::uint64_t bytes_of_chunks(const Grid& grid, int threads);

/// Returns "results.h5", or a name such as "results@slice=5m,lot=100.h5".
std::string results_file_name(const std::string& structural);

/// Publishes the results of one structural point. The threads of the current arena make the chunks. Equal results give
/// equal bytes, whatever computed them.
/// \param reducer is one that has finished; null if surfaces are not kept
/// \throws Error (resources) if the disk refuses, or if the file takes more memory than it may
void write_results_file(const std::filesystem::path& path, const Grid& grid, const Reducer* reducer,
                        const SweepSummary& summary, const ResultsHeader& header, const ResultsRoom& room);

}  // namespace sorsweep
