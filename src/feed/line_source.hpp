/// \file
/// A registered text format as a source.
#pragma once

#include <memory>
#include <string>

#include "feed/line_blocks.hpp"
#include "feed/source.hpp"
#include "sorsweep/feed/line_format.hpp"

namespace sorsweep {

class LineSource final : public Source {
 public:
  /// \param stream the text; \param file what it comes from: lives as long as the stream
  LineSource(const std::string& name, const LineFormat& format, std::unique_ptr<ByteStream> stream,
             const FileStream& file);

  bool next(RawBlock& block) override { return lines_.next(block); }
  void read(const RawBlock& block, RowBlock& rows) const override;

  std::uint64_t lines_before() const override { return header_lines_; }
  std::string format() const override { return format_.name; }
  bool prices_are_nano() const override { return false; }
  bool has_flags() const override { return format_.has_flags; }
  std::uint64_t bytes() const override { return file_.bytes(); }
  std::string hash() const override { return file_.hash(); }

 private:
  void skip_header();
  void read_line(std::string_view line, std::size_t at, RowBlock& rows) const;

  std::string name_;
  const LineFormat& format_;
  LineBlocks lines_;
  const FileStream& file_;
  std::uint64_t header_lines_ = 0;
};

}  // namespace sorsweep
