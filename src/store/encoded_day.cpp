#include "store/encoded_day.hpp"

#include <algorithm>
#include <numeric>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "store/chunk_codec.hpp"
#include "store/h5.hpp"

namespace sorsweep {
namespace {

// The first columns of for_each_field are ts_recv_ns, by which rows are sorted, and ts_event_ns.
constexpr std::size_t kSortColumn = 0, kTimeColumns = 2;

template <class T>
std::string encode_values(std::span<const T> values, std::size_t column) {
  return chunk::encode(std::as_bytes(values), sizeof(T), column < kTimeColumns ? kDayDeflateLevel : chunk::kRunsOnly);
}

/// Calls `visit(column, number)` for every column.
template <class Columns, class Visit>
void for_each_numbered(Columns& columns, Visit&& visit) {
  std::size_t number = 0;
  for_each_column(columns, [&](auto& column, const char*) { visit(column, number++); });
}

}  // namespace

void ChunkWork::encode() {
  chunk->facts = describe_rows(rows);
  for_each_numbered(rows, [&]<class T>(std::vector<T>& column, std::size_t number) {
    column.resize(values);
    chunk->columns[number] = encode_values(std::span<const T>(column), number);
  });
  rows = {};
}

void DayBuilder::append(const QuoteColumns& rows, std::vector<ChunkWork>& full) {
  for (std::size_t first = 0; first < rows.rows();) {
    if (open_.rows() == 0 && !chunks_.empty())
      for_each_column(open_, [](auto& column, const char*) { column.reserve(h5::kChunkRows); });
    const auto count = std::min(h5::kChunkRows - open_.rows(), rows.rows() - first);
    for_each_column_member([&](auto member, const char*) {
      const auto from = (rows.*member).begin() + static_cast<std::ptrdiff_t>(first);
      (open_.*member).insert((open_.*member).end(), from, from + static_cast<std::ptrdiff_t>(count));
    });
    first += count;
    if (open_.rows() == h5::kChunkRows) close_chunk(h5::kChunkRows, full);
  }
}

void DayBuilder::finish(std::vector<ChunkWork>& last) {
  if (open_.rows() > 0) close_chunk(h5::chunk_rows(rows()), last);
}

void DayBuilder::close_chunk(std::size_t values, std::vector<ChunkWork>& full) {
  const auto& times = open_.ts_recv_ns;
  in_order_ = in_order_ && times.front() >= last_recv_ns_ && std::is_sorted(times.begin(), times.end());
  last_recv_ns_ = times.back();
  hashers_.resize(kQuoteColumns);
  for_each_numbered(open_, [&]<class T>(const std::vector<T>& column, std::size_t number) {
    hashers_[number].add_column(std::span<const T>(column));
  });
  rows_ += open_.rows();
  chunks_.push_back(std::make_shared<EncodedChunk>());
  full.push_back({chunks_.back(), std::move(open_), values});
  open_ = {};
}

/// Decodes a column, with the zeros that fill up the last chunk.
template <class T>
std::vector<T> DayBuilder::decode_column(std::size_t number, int threads) const {
  const auto step = h5::chunk_rows(rows_);
  std::vector<T> column(step * chunks_.size());
  run_parts(threads, chunks_.size(), [&](std::size_t i) {
    const auto part = std::as_writable_bytes(std::span(column).subspan(i * step, step));
    if (!chunk::decode(chunks_[i]->columns[number], sizeof(T), part))
      throw Error(Exit::internal, "a chunk in memory cannot be read again");
  });
  return column;
}

template <class T>
void DayBuilder::encode_column(std::size_t number, const std::vector<T>& values, int threads) {
  const auto step = h5::chunk_rows(rows_);
  hashers_[number] = Hasher();
  hashers_[number].add_column(std::span(values).first(rows_));
  run_parts(threads, chunks_.size(), [&](std::size_t i) {
    chunks_[i]->columns[number] = encode_values(std::span(values).subspan(i * step, step), number);
  });
}

void DayBuilder::sort(int threads) {
  std::vector<std::size_t> order(rows_);
  std::iota(order.begin(), order.end(), std::size_t{0});
  {
    const auto times = decode_column<TimeNs>(kSortColumn, threads);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return times[a] < times[b]; });
  }
  const QuoteColumns types;
  for_each_numbered(types, [&]<class T>(const std::vector<T>&, std::size_t number) {
    const auto values = decode_column<T>(number, threads);
    std::vector<T> sorted(values.size());
    for (std::size_t i = 0; i < rows_; ++i) sorted[i] = values[order[i]];
    encode_column(number, sorted, threads);
  });
  in_order_ = true;
}

QuoteFacts DayBuilder::facts() const {
  QuoteFacts all;
  for (const auto& chunk : chunks_) all.add(chunk->facts);
  all.stale = stale_;
  return all;
}

std::array<std::string, kQuoteColumns> DayBuilder::hashes() const {
  std::array<std::string, kQuoteColumns> all;
  for (std::size_t i = 0; i < kQuoteColumns; ++i) all[i] = hashers_.at(i).hex();
  return all;
}

DayBuilder build_day(QuoteColumns&& rows, int threads) {
  rows.sort_by_recv_time();
  DayBuilder day;
  std::vector<ChunkWork> work;
  day.append(rows, work);
  rows = {};
  day.finish(work);
  run_parts(threads, work.size(), [&](std::size_t i) { work[i].encode(); });
  return day;
}

}  // namespace sorsweep
