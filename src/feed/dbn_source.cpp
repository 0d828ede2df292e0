// tested by: tests/cases/inputs/run (schema)
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <optional>

#include "core/error.hpp"
#include "feed/dbn_metadata.hpp"
#include "feed/formats.hpp"
#include "feed/row_rules.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kBlockBytes = 1 << 19;
constexpr std::size_t kHeaderBytes = 16;
constexpr std::size_t kWord = 4;  // the unit of a record's length

/// The schemas whose records hold a best bid and ask.
constexpr std::array<std::uint16_t, 9> kQuoteSchemas = {1, 2, 3, 14, 15, 16, 17, 18, 19};

/// A record with a book. All of them begin alike, and then comes the first level.
struct BookRecord {
  std::uint8_t length;
  std::uint8_t rtype;
  std::uint16_t publisher_id;
  std::uint32_t instrument_id;
  std::uint64_t ts_event;
  std::int64_t price;
  std::uint32_t size;
  char action;  ///< Undefined in bbo and cbbo.
  char side;
  std::uint8_t flags;
  std::uint8_t depth;
  std::uint64_t ts_recv;
  std::int32_t ts_in_delta;
  std::uint32_t sequence;
  std::int64_t bid_px, ask_px;
  std::uint32_t bid_sz, ask_sz;
};
static_assert(offsetof(BookRecord, ts_recv) == 32 && offsetof(BookRecord, bid_px) == 48 && sizeof(BookRecord) == 72);

enum class Kind { none, event, interval };
struct Shape {
  Kind kind = Kind::none;
  std::size_t bytes = 0;
};

Shape shape_of(std::uint8_t rtype) {
  constexpr std::size_t one_level = 80, ten_levels = 368;
  switch (rtype) {
    case 0x01:  // mbp-1, tbbo
    case 0xB1:  // cmbp-1
    case 0xC2:  // tcbbo
      return {Kind::event, one_level};
    case 0x0A:  // mbp-10
      return {Kind::event, ten_levels};
    case 0xC3:  // bbo-1s
    case 0xC4:  // bbo-1m
    case 0xC0:  // cbbo-1s
    case 0xC1:  // cbbo-1m
      return {Kind::interval, one_level};
    default:
      return {};
  }
}

/// What is wrong with a record.
struct Wrong {
  const char* kind;
  const char* why;
  std::size_t offset;  ///< Where the wrong field begins in the record.
  std::string text;
};

/// Reads a record that has a time. The row may yet break the rules of rows.
QuoteRow row_of(const BookRecord& record, bool interval) {
  QuoteRow row;
  row.ts_event_ns = static_cast<TimeNs>(record.ts_event != kUndefinedTime ? record.ts_event : record.ts_recv);
  row.ts_recv_ns = static_cast<TimeNs>(record.ts_recv != kUndefinedTime ? record.ts_recv : record.ts_event);
  row.publisher_id = record.publisher_id;
  row.action = interval ? kNoAction : record.action;
  row.side = record.side;
  row.flags = record.flags;
  row.size = record.size;
  row.price = record.price;
  row.bid_px = record.bid_px;
  row.ask_px = record.ask_px;
  row.bid_sz = record.bid_sz;
  row.ask_sz = record.ask_sz;
  return row;
}

/// Finds the field of a record that breaks a rule. A row's ts_event may come from its ts_recv.
Wrong wrong_field(const BookRecord& record, const RowFault& fault) {
  std::string_view column = fault.column;
  if (column == "ts_event" && record.ts_event == kUndefinedTime) column = "ts_recv";
  const auto field = [&](const char* name, std::size_t offset, auto value) {
    return Wrong{name, fault.why, offset, fmt::format("{}", value)};
  };
  if (column == "ts_event") return field("ts_event", offsetof(BookRecord, ts_event), record.ts_event);
  if (column == "ts_recv") return field("ts_recv", offsetof(BookRecord, ts_recv), record.ts_recv);
  if (column == "action") return field("action", offsetof(BookRecord, action), int{record.action});
  if (column == "side") return field("side", offsetof(BookRecord, side), int{record.side});
  if (column == "price") return field("price", offsetof(BookRecord, price), record.price);
  if (column == "bid_px_00") return field("bid_px_00", offsetof(BookRecord, bid_px), record.bid_px);
  return field("ask_px_00", offsetof(BookRecord, ask_px), record.ask_px);
}

/// Looks symbols up and remembers the last one, because rows of one instrument follow each other.
class Symbols {
 public:
  explicit Symbols(const DbnMetadata& metadata) : metadata_(metadata) {}

  std::string_view of(std::uint32_t id, std::int32_t day) {
    if (id != id_ || day != day_) {
      symbol_ = metadata_.symbol_of(id, day);
      id_ = id;
      day_ = day;
    }
    return symbol_;
  }

 private:
  const DbnMetadata& metadata_;
  std::string symbol_;
  std::uint32_t id_ = 0;
  std::int32_t day_ = -1;
};

class DbnSource final : public Source {
 public:
  DbnSource(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file);

  bool next(RawBlock& block) override;
  void read(const RawBlock& block, RowBlock& rows) const override;

 private:
  std::optional<Wrong> read_record(const char* bytes, std::size_t length, Symbols& symbols, RowBlock& rows) const;

  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  DbnMetadata metadata_;
  std::string ahead_;  ///< The beginning of a record whose end has not been read yet.
  std::uint64_t ahead_byte_ = 0;
};

DbnSource::DbnSource(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file)
    : Source(file), name_(std::move(name)), stream_(std::move(stream)), metadata_(read_dbn_metadata(name_, *stream_)) {
  if (std::find(kQuoteSchemas.begin(), kQuoteSchemas.end(), metadata_.schema) == kQuoteSchemas.end())
    throw Error(Exit::input, fmt::format("{} is DBN of the schema {}", name_, dbn_schema_name(metadata_.schema)),
                "which holds no quotes", "use mbp-1, mbp-10, tbbo, bbo-1s, bbo-1m, cmbp-1, cbbo-1s, cbbo-1m or tcbbo");
  ahead_byte_ = metadata_.bytes;
  set_facts({"dbn " + dbn_schema_name(metadata_.schema), true, true, 0});
}

bool DbnSource::next(RawBlock& block) {
  block.first_byte = ahead_byte_;
  if (block.bytes.size() < ahead_.size()) block.bytes.resize(ahead_.size());
  std::copy(ahead_.begin(), ahead_.end(), block.bytes.begin());
  const auto have = read_growing(*stream_, block.bytes, ahead_.size(), kBlockBytes);
  std::size_t size = 0;
  while (size < have) {
    const auto length = static_cast<unsigned char>(block.bytes[size]) * kWord;
    if (length < kHeaderBytes)
      throw Error(Exit::input, fmt::format("{} is a damaged DBN file", name_),
                  fmt::format("a record of {} bytes begins at byte {}", length, ahead_byte_ + size + 1),
                  "fetch it again");
    if (length > have - size) break;
    size += length;
  }
  if (size < have && have < kBlockBytes)
    throw Error(Exit::input, fmt::format("{} is cut short", name_), "its last record has no end", "fetch it again");
  ahead_.assign(block.bytes.data() + size, have - size);
  ahead_byte_ += size;
  block.size = size;
  return size > 0;
}

void DbnSource::read(const RawBlock& block, RowBlock& rows) const {
  Symbols symbols(metadata_);
  rows.expect_rows(block.size / sizeof(BookRecord));
  for (std::size_t at = 0; at < block.size;) {
    const auto* bytes = block.bytes.data() + at;
    const auto length = static_cast<unsigned char>(bytes[0]) * kWord;
    ++rows.lines;
    ++rows.rows_read;
    if (auto wrong = read_record(bytes, length, symbols, rows))
      rows.reject({name_, rows.lines, at + wrong->offset, wrong->offset + 1, wrong->kind, wrong->why, wrong->text});
    at += length;
  }
}

/// Reads a record. \return what is wrong with it, if anything is
std::optional<Wrong> DbnSource::read_record(const char* bytes, std::size_t length, Symbols& symbols,
                                            RowBlock& rows) const {
  const auto rtype = static_cast<std::uint8_t>(bytes[1]);
  const auto shape = shape_of(rtype);
  if (length != shape.bytes + (metadata_.has_ts_out ? sizeof(std::uint64_t) : 0))
    return Wrong{"record", "not a record of a schema that is read, or of the wrong length", 1,
                 fmt::format("rtype {}, {} bytes", rtype, length)};
  BookRecord record;
  std::memcpy(&record, bytes, sizeof record);
  if (record.ts_event == kUndefinedTime && record.ts_recv == kUndefinedTime)
    return Wrong{"ts_event", "there is no time", offsetof(BookRecord, ts_event), fmt::format("{}", record.ts_event)};
  const bool interval = shape.kind == Kind::interval;
  const auto row = row_of(record, interval);
  const auto symbol = symbols.of(record.instrument_id, static_cast<std::int32_t>(row.ts_recv_ns / kNsPerDay));
  const auto fault = rows.accept(row, interval ? row.ts_recv_ns : row.ts_event_ns, symbol);
  if (!fault) return std::nullopt;
  return wrong_field(record, fault);
}

}  // namespace

std::unique_ptr<Source> open_dbn(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file) {
  return std::make_unique<DbnSource>(std::move(name), std::move(stream), file);
}

}  // namespace sorsweep
