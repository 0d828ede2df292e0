// tested by: tests/cases/inputs/run (schema)
#include "feed/dbn_metadata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kPrefixBytes = 8;
/// The greatest length of metadata, in bytes. That of a year of all US shares is about 20 MB.
constexpr std::uint32_t kMostMetadata = 256 << 20;
constexpr std::size_t kLeastText = 22;          ///< Bytes of a symbol in version 1; later versions have more.
constexpr std::size_t kMostIntervals = 10'000;  ///< Per instrument; one per day for decades.
constexpr std::uint8_t kInstrumentId = 0;       // one of the ways to name an instrument

[[noreturn]] void refuse(const std::string& name, std::string_view why) {
  throw Error(Exit::input, fmt::format("{} is a damaged DBN file", name), why, "fetch it again");
}

/// Takes numbers and texts off the front of the metadata.
class Cursor {
 public:
  Cursor(const std::string& name, std::string_view bytes) : name_(name), rest_(bytes) {}

  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  std::string_view take(std::uint64_t size) {
    if (size > rest_.size()) refuse(name_, "its metadata claims more than it holds");
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  /// Takes a text of fixed length that is padded with zeros.
  std::string text(std::size_t size) {
    const auto padded = take(size);
    return std::string(padded.substr(0, padded.find('\0')));
  }

 private:
  const std::string& name_;
  std::string_view rest_;
};

/// Converts a date spelt 20240624 to days since 1970.
std::int32_t day_of(const std::string& name, std::uint32_t digits) {
  using namespace std::chrono;
  const year_month_day date{year(static_cast<int>(digits / 10000)), month(digits / 100 % 100), day(digits % 100)};
  if (!date.ok() || digits / 10000 > 9999) refuse(name, fmt::format("{} is not a date", digits));
  return static_cast<std::int32_t>(sys_days(date).time_since_epoch().count());
}

void read_mappings(const std::string& name, Cursor& cursor, std::size_t text_size, bool id_is_input,
                   DbnMetadata& metadata) {
  for (auto mappings = cursor.number<std::uint32_t>(); mappings > 0; --mappings) {
    const auto input = cursor.text(text_size);
    for (auto intervals = cursor.number<std::uint32_t>(); intervals > 0; --intervals) {
      const auto begin = day_of(name, cursor.number<std::uint32_t>());
      const auto end = day_of(name, cursor.number<std::uint32_t>());
      const auto output = cursor.text(text_size);
      const auto& digits = id_is_input ? input : output;
      const auto id = parse_number<std::uint32_t>(digits);
      if (!id) continue;  // for example empty: the symbol had no instrument then
      auto& of_id = metadata.symbols[*id];
      of_id.push_back({begin, end, id_is_input ? output : input});
      if (of_id.size() > kMostIntervals)
        refuse(name, fmt::format("the instrument {} has more than {} symbols", *id, kMostIntervals));
    }
  }
}

DbnMetadata parse(const std::string& name, int version, std::string_view bytes) {
  constexpr std::size_t dataset = 16, limits = 3 * 8, count_of_v1 = 8, reserved_of_v1 = 47, reserved = 53;
  Cursor cursor(name, bytes);
  DbnMetadata metadata;
  metadata.version = version;
  cursor.take(dataset);
  metadata.schema = cursor.number<std::uint16_t>();
  cursor.take(limits + (version == 1 ? count_of_v1 : 0));
  const auto named_by = cursor.number<std::uint8_t>();
  cursor.number<std::uint8_t>();  // what the instruments were mapped to: an instrument id, or what an id stands for
  metadata.has_ts_out = cursor.number<std::uint8_t>() != 0;
  const std::size_t text_size = version == 1 ? kLeastText : cursor.number<std::uint16_t>();
  if (text_size < kLeastText) refuse(name, fmt::format("its symbols have {} bytes", text_size));
  cursor.take(version == 1 ? reserved_of_v1 : reserved);
  cursor.take(cursor.number<std::uint32_t>());  // a definition of the schema, which is not used so far
  for (int lists = 0; lists < 3; ++lists)       // the symbols that were asked for, found in part, and not found
    cursor.take(std::uint64_t{cursor.number<std::uint32_t>()} * text_size);
  read_mappings(name, cursor, text_size, named_by == kInstrumentId, metadata);
  metadata.bytes = kPrefixBytes + bytes.size();
  return metadata;
}

}  // namespace

std::string DbnMetadata::symbol_of(std::uint32_t instrument_id, std::int32_t day) const {
  const auto found = symbols.find(instrument_id);
  if (found != symbols.end())
    for (const auto& [begin, end, symbol] : found->second)
      if (begin <= day && day < end) return symbol;
  return fmt::format("{}", instrument_id);
}

std::string dbn_schema_name(std::uint16_t schema) {
  constexpr std::array<std::string_view, 20> names = {"mbo",        "mbp-1",    "mbp-10",    "tbbo",      "trades",
                                                      "ohlcv-1s",   "ohlcv-1m", "ohlcv-1h",  "ohlcv-1d",  "definition",
                                                      "statistics", "status",   "imbalance", "ohlcv-eod", "cmbp-1",
                                                      "cbbo-1s",    "cbbo-1m",  "tcbbo",     "bbo-1s",    "bbo-1m"};
  return schema < names.size() ? std::string(names[schema]) : fmt::format("schema {}", schema);
}

DbnMetadata read_dbn_metadata(const std::string& name, ByteStream& stream) {
  std::array<char, kPrefixBytes> prefix{};
  if (read_full(stream, prefix.data(), prefix.size()) < prefix.size()) refuse(name, "it is cut short");
  const auto version = static_cast<unsigned char>(prefix[3]);
  if (version < 1 || version > 3)
    throw Error(Exit::input, fmt::format("{} is DBN of version {}", name, version), "versions 1 to 3 are read",
                "convert it to one of those, or to CSV");
  std::uint32_t size = 0;
  std::memcpy(&size, prefix.data() + 4, sizeof size);
  if (size > kMostMetadata) refuse(name, fmt::format("its metadata claims to have {} bytes", size));
  // Memory grows with what is read, so that a file cannot take more by claiming more.
  constexpr std::size_t step = 1 << 20;
  std::string bytes;
  while (bytes.size() < size) {
    const auto had = bytes.size();
    bytes.resize(std::min<std::size_t>(size, had + step));
    const auto wanted = bytes.size() - had;
    if (read_full(stream, bytes.data() + had, wanted) < wanted) refuse(name, "its metadata is cut short");
  }
  return parse(name, version, bytes);
}

}  // namespace sorsweep
