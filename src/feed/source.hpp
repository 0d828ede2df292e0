/// \file
/// One input of a conversion, whatever its format. It gives blocks of bytes in order, and any thread can read such a
/// block.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "feed/byte_stream.hpp"
#include "feed/row_block.hpp"

namespace sorsweep {

/// Whole lines, or whole records.
struct RawBlock {
  std::vector<char> bytes;       ///< The text, and `kCsvPadding` bytes behind it.
  std::size_t size = 0;          ///< Bytes of the text.
  std::uint64_t first_byte = 0;  ///< Where the text begins in the decompressed source, from 0.
};

/// What is known of a source once its head has been read.
struct SourceFacts {
  std::string format;              ///< "csv", "dbn mbp-1", or the name of a registered format.
  bool prices_are_nano = false;    ///< Prices are integers of 1e-9 dollars.
  bool has_flags = false;          ///< Rows say where their events end (kFlagLast).
  std::uint64_t lines_before = 0;  ///< Lines of the header.
};

class Source {
 public:
  /// \param file the file that the source's bytes come from; lives as long as the source
  explicit Source(const FileStream& file) : file_(file) {}
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// Takes the next block. Only one thread may call this at a time.
  /// \return false at the end. \throws Error (input) if the source is damaged
  virtual bool next(RawBlock& block) = 0;

  /// Reads a block. Any number of threads may call this at once. The lines and bytes of rejects are counted from the
  /// block's first one.
  virtual void read(const RawBlock& block, RowBlock& rows) const = 0;

  const SourceFacts& facts() const { return facts_; }

  /// Returns how many bytes of the file, as it is on disk, have been read so far.
  std::uint64_t bytes() const { return file_.bytes(); }

  /// Returns the XXH3-128 of those bytes, 32 hexadecimal digits.
  std::string hash() const { return file_.hash(); }

 protected:
  void set_facts(SourceFacts facts) { facts_ = std::move(facts); }

 private:
  const FileStream& file_;
  SourceFacts facts_;
};

/// Opens a file, or standard input for "-", and recognises its packing and format by its first bytes.
/// \throws Error (input) if it cannot be read, or is of a format that holds no quotes
std::unique_ptr<Source> open_source(const std::string& path);

}  // namespace sorsweep
