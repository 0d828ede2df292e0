/// \file
/// A day on its way to the disk: its rows in chunks that are compressed as soon as they are full.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/hash.hpp"
#include "sorsweep/store/day_file.hpp"

namespace sorsweep {

/// Times are compressed at this level, and other columns for their runs only: these gain little or nothing from a
/// search for matches, but it took two fifths of a conversion's time. Times gain a tenth.
inline constexpr int kDayDeflateLevel = 1;

/// A chunk of every column.
struct EncodedChunk {
  std::array<std::string, kQuoteColumns> columns;
  QuoteFacts facts;
};

/// Rows that a chunk is to be made of: by any thread.
struct ChunkWork {
  std::shared_ptr<EncodedChunk> chunk;
  QuoteColumns rows;
  std::size_t values = 0;  ///< of the chunk; rows that are missing become zeros

  void encode();
};

/// Takes the rows of a day in the order of the input.
class DayBuilder {
 public:
  /// \param full receives the chunks that became full; they need not be encoded before the next call
  void append(const QuoteColumns& rows, std::vector<ChunkWork>& full);

  /// The chunk that is left, and only now: whether the rows came in the order of their times.
  /// To be called once, when all others are encoded
  void finish(std::vector<ChunkWork>& last);

  std::size_t rows() const { return rows_ + open_.rows(); }
  bool in_order() const { return in_order_; }

  /// Puts the rows in the order of their times, a column after the other: so a day needs 24 bytes a row at most beside
  /// its chunks. \pre all chunks are encoded
  void sort(int threads);

  /// Counts rows that were received late.
  void count_stale(std::uint64_t rows) { stale_ += rows; }

  /// \pre all chunks are encoded
  QuoteFacts facts() const;
  const std::vector<std::shared_ptr<EncodedChunk>>& chunks() const { return chunks_; }

  /// XXH3-128 of every column.
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
  std::size_t rows_ = 0;  ///< in chunks
  TimeNs last_recv_ns_ = INT64_MIN;
  std::uint64_t stale_ = 0;
  bool in_order_ = true;
};

/// Chunks of a day in the order of `ts_recv_ns`, from rows in any order.
DayBuilder build_day(QuoteColumns&& rows, int threads);

/// Writes a day to `path` as it is. \throws Error (resources)
void write_encoded_day(const std::filesystem::path& path, const DayKey& key, const Provenance& provenance,
                       const DayBuilder& day);

}  // namespace sorsweep
