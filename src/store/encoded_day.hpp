/// \file
/// A day on its way to the disk. Its rows are in chunks, which are compressed as soon as they are full.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/hash.hpp"
#include "core/publication.hpp"
#include "sorsweep/store/day_file.hpp"

namespace sorsweep {

/// The level at which times are compressed. Other columns are compressed for their runs only: a search for matches
/// makes them hardly smaller, and took two fifths of a conversion's time. It makes times a tenth smaller.
inline constexpr int kDayDeflateLevel = 1;

/// One compressed chunk of every column.
struct EncodedChunk {
  std::array<std::string, kQuoteColumns> columns;
  QuoteFacts facts;
};

/// The rows that a chunk is to be made of, which any thread may encode.
struct ChunkWork {
  std::shared_ptr<EncodedChunk> chunk;
  QuoteColumns rows;
  std::size_t values = 0;  ///< Number of values of the chunk; missing rows become zeros.

  /// Fills the chunk and gives the memory of the rows back.
  void encode();
};

/// Takes the rows of a day in the order of the input.
class DayBuilder {
 public:
  /// Appends rows. \param full receives the chunks that became full, which need not be encoded before the next call
  void append(const QuoteColumns& rows, std::vector<ChunkWork>& full);

  /// Gives the chunk that is left. Only then in_order() is known. Call this once, when all other chunks are encoded.
  void finish(std::vector<ChunkWork>& last);

  std::size_t rows() const { return rows_ + open_.rows(); }

  /// Whether the rows came in the order of their times.
  bool in_order() const { return in_order_; }

  /// Sorts the rows by their times, one column after another, so that a day needs at most 24 bytes per row beside its
  /// chunks. All chunks must be encoded.
  void sort(int threads);

  /// Adds to the count of rows that were received late.
  void count_stale(std::uint64_t rows) { stale_ += rows; }

  /// Notes the number of the source that the last rows came from. Sources come one after another.
  void came_from(std::size_t source) {
    if (sources_.empty() || sources_.back() != source) sources_.push_back(source);
  }

  /// Returns the numbers of the sources that gave rows to this day, in order.
  const std::vector<std::size_t>& sources() const { return sources_; }

  /// Returns the counts over all rows. All chunks must be encoded.
  QuoteFacts facts() const;
  const std::vector<std::shared_ptr<EncodedChunk>>& chunks() const { return chunks_; }

  /// Returns the XXH3-128 of every column.
  std::array<std::string, kQuoteColumns> hashes() const;

 private:
  template <class T>
  std::vector<T> decode_column(std::size_t number, int threads) const;
  template <class T>
  void encode_column(std::size_t number, const std::vector<T>& values, int threads);
  void close_chunk(std::size_t values, std::vector<ChunkWork>& full);

  QuoteColumns open_;
  std::vector<std::shared_ptr<EncodedChunk>> chunks_;
  std::vector<Hasher> hashers_;
  std::size_t rows_ = 0;  ///< Rows in chunks.
  std::vector<std::size_t> sources_;
  TimeNs last_recv_ns_ = INT64_MIN;
  std::uint64_t stale_ = 0;
  bool in_order_ = true;
};

/// Makes the chunks of a day, in the order of `ts_recv_ns`, from rows in any order.
DayBuilder build_day(QuoteColumns&& rows, int threads);

/// Writes a day into the file `to`, which is then published. \throws Error (resources) if the disk refuses
void write_encoded_day(NewFile& to, const DayKey& key, const Provenance& provenance, const DayBuilder& day);

}  // namespace sorsweep
