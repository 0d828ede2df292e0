/// \file
/// A text in blocks of whole lines.
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
  LineBlocks(std::string name, std::unique_ptr<ByteStream> stream);

  /// The head, or all of a shorter text: until the first `next`.
  const std::string& head() const { return ahead_; }

  /// Leaves the first bytes of the head out.
  void drop(std::size_t bytes);

  /// The next block; false at the end. \throws Error (input) for a line that is longer than a block
  bool next(RawBlock& block);

  [[noreturn]] void refuse_long_line(std::uint64_t byte) const;

  static std::size_t longest_line();

 private:
  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  std::string ahead_;  ///< read, but in no block yet
  std::uint64_t ahead_byte_ = 0;
  bool ended_ = false;  ///< all of the stream is in ahead_
};

}  // namespace sorsweep
