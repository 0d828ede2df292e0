/// \file
/// Cuts a text into blocks of whole lines.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "feed/byte_stream.hpp"
#include "feed/source.hpp"

namespace sorsweep {

class LineBlocks {
 public:
  /// Reads the head of the text.
  /// \param kind what the source was taken for, for messages: "a CSV file"
  LineBlocks(std::string name, std::unique_ptr<ByteStream> stream, std::string kind);

  /// Returns the head of the text (4 MiB, or all of a shorter text). Of use until the first `next`.
  const std::string& head() const { return ahead_; }

  /// Leaves out the first bytes of the head.
  void drop(std::size_t bytes);

  /// Takes the next block. \return false at the end. \throws Error (input) if a line is longer than a block
  bool next(RawBlock& block);

  /// \param byte where the line begins, from 0
  [[noreturn]] void refuse_long_line(std::uint64_t byte) const;

  /// Returns the greatest length of a line, in bytes.
  static std::size_t longest_line();

 private:
  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  std::string kind_;
  std::string ahead_;             ///< Bytes that were read, but are in no block yet.
  std::uint64_t ahead_byte_ = 0;  ///< Where those begin in the source, from 0.
  bool ended_ = false;            ///< All of the stream is in ahead_.
};

/// Refuses a source that ends with its header. \throws Error (input)
[[noreturn]] void refuse_no_rows(const std::string& name);

}  // namespace sorsweep
