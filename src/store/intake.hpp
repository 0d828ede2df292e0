/// \file
/// Reads all sources of a conversion, block by block and on several threads, into days that are compressed as they
/// grow.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "feed/source.hpp"
#include "store/convert.hpp"
#include "store/encoded_day.hpp"
#include "store/rejects.hpp"

namespace sorsweep {

/// Reads sources and keeps account of every row.
class Intake {
 public:
  Intake(const ConvertOptions& options, const TimeZone& zone, RejectList& rejects);

  /// Reads the sources one after another. Afterwards all chunks are encoded, and days whose rows came out of order are
  /// sorted. \throws Error (input) if a source cannot be read or holds too much
  void read(const std::vector<std::string>& names);

  std::vector<SourceReport>& sources() { return reports_; }

  /// Returns the days by the symbols of the sources. Rows of sources without symbols are under the wanted symbol, or
  /// under "".
  std::map<DayKey, DayBuilder>& days() { return days_; }

 private:
  class Job;
  std::unique_ptr<BlockJob> next_job();
  bool open_next();
  void close_source();
  void tell_progress() const;
  void take(std::size_t source, std::uint64_t first_byte, RowBlock& block, std::vector<RowGroup>& groups,
            std::vector<ChunkWork>& work);
  void store(RowGroup& group, std::size_t source, std::vector<ChunkWork>& work);
  void finish_days();

  // Buffers of blocks are used again, because fresh memory from the kernel costs more than reading into it.
  std::vector<char> take_buffer();
  void return_buffer(std::vector<char>&& buffer);

  const ConvertOptions& options_;
  const TimeZone& zone_;
  RejectList& rejects_;
  int threads_;
  std::vector<std::string> names_;
  std::uint64_t bytes_ = 0;  ///< Length of all files; 0 if it is not known.
  std::shared_ptr<Source> source_;
  std::vector<SourceReport> reports_;
  std::vector<std::uint64_t> lines_;  ///< Lines of every source so far.
  bool met_wanted_ = false;           ///< A row of the wanted symbol, or of a source without symbols, has been met.
  std::map<DayKey, DayBuilder> days_;
  std::mutex buffers_mutex_;
  std::vector<std::vector<char>> buffers_;
};

}  // namespace sorsweep
