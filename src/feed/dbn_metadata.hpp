/// \file
/// What stands before the records of a DBN file: schema, and which instrument had which symbol on which dates.
/// https://databento.com/docs/standards-and-conventions/databento-binary-encoding
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "feed/byte_stream.hpp"

namespace sorsweep {

struct DbnMetadata {
  int version = 0;
  std::uint16_t schema = 0;
  bool has_ts_out = false;  ///< every record is followed by eight bytes
  std::uint64_t bytes = 0;  ///< of the metadata: where the first record begins

  /// From day to day (days since 1970-01-01, UTC; the end is not in it) an instrument has a symbol.
  struct Interval {
    std::int32_t begin_day, end_day;
    std::string symbol;
  };
  std::map<std::uint32_t, std::vector<Interval>> symbols;

  /// The symbol of an instrument on a day; its number in digits where the file does not say.
  std::string symbol_of(std::uint32_t instrument_id, std::int32_t day) const;
};

/// "mbp-1"; "schema 99" for one that has no name.
std::string dbn_schema_name(std::uint16_t schema);

/// Reads up to the first record. \throws Error (input) for what is damaged, cut short or of another version
DbnMetadata read_dbn_metadata(const std::string& name, ByteStream& stream);

}  // namespace sorsweep
