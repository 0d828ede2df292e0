/// \file
/// Reads the metadata in front of a DBN file's records: its schema, and which instrument had which symbol on which
/// dates. https://databento.com/docs/standards-and-conventions/databento-binary-encoding
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
  bool has_ts_out = false;  ///< Every record is followed by eight more bytes.
  std::uint64_t bytes = 0;  ///< Length of the metadata, which is where the first record begins.

  /// The days [begin_day, end_day), since 1970-01-01 (UTC), on which an instrument has a symbol.
  struct Interval {
    std::int32_t begin_day, end_day;
    std::string symbol;
  };
  std::map<std::uint32_t, std::vector<Interval>> symbols;  ///< By instrument id.

  /// Returns the symbol of an instrument on a day, or the instrument's id in digits if the file does not say.
  std::string symbol_of(std::uint32_t instrument_id, std::int32_t day) const;
};

/// Returns the name of a schema, such as "mbp-1", or "schema 99" for one without a name.
std::string dbn_schema_name(std::uint16_t schema);

/// Reads up to the first record. \param name of the source, for messages
/// \throws Error (input) if the metadata is damaged or cut short, or the version is not 1, 2 or 3
DbnMetadata read_dbn_metadata(const std::string& name, ByteStream& stream);

}  // namespace sorsweep
