/// \file
/// Reads any bytes as a source. They are read or refused, and every row is accounted for.
#pragma once

#include <memory>

#include "core/error.hpp"
#include "feed/source.hpp"
#include "fuzz/fuzz_file.hpp"

inline void read_any_source(std::string_view bytes) {
  using namespace sorsweep;
  static const TimeZone zone("America/New_York");
  const FuzzFile file(bytes);
  try {
    const auto source = open_source(file.path());
    RawBlock block;
    while (source->next(block)) {
      RowBlock rows(zone, 10);
      source->read(block, rows);
      std::uint64_t accepted = 0;
      for (const auto& group : rows.take_groups()) {
        accepted += group.rows.rows();
        for (const auto time : group.rows.ts_event_ns) must(time >= 0);
      }
      must(rows.rows_read == accepted + rows.rows_rejected);
      must(rows.rows_read <= rows.lines);
      for (const auto& reject : rows.rejects) must(reject.byte <= block.size && reject.line >= 1);
    }
  } catch (const Error& error) {
    must(error.code() == Exit::input);
  }
}
