/// \file
/// One input of a conversion, whatever its format: blocks of bytes in order, each of which can be read by any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "feed/row_block.hpp"

namespace sorsweep {

/// Whole lines, or whole records.
struct RawBlock {
  std::vector<char> bytes;       ///< the text, and `kCsvPadding` bytes behind it
  std::size_t size = 0;          ///< of the text
  std::uint64_t first_byte = 0;  ///< of the decompressed source, from 0
};

class Source {
 public:
  Source() = default;
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// The next block; false at the end. One thread at a time. \throws Error (input) for what is damaged
  virtual bool next(RawBlock& block) = 0;

  /// Reads a block, on any thread. Lines of rejects are counted from the block's first one, bytes too.
  virtual void read(const RawBlock& block, RowBlock& rows) const = 0;

  virtual std::uint64_t lines_before() const = 0;  ///< the header's line; 0 where there is none
  virtual std::string format() const = 0;          ///< "csv", "dbn mbp-1", …
  virtual bool prices_are_nano() const = 0;
  virtual bool has_flags() const = 0;
  virtual std::uint64_t bytes() const = 0;  ///< of the file as it is, read so far
  virtual std::string hash() const = 0;     ///< XXH3-128 of them
};

/// Opens a file, or standard input for "-", and finds out what it is by its first bytes.
/// \throws Error (input) for what cannot be read, and by its name for what holds no quotes
std::unique_ptr<Source> open_source(const std::string& path);

}  // namespace sorsweep
