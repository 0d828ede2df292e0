/// \file
/// CSV as a source: a header, then blocks of whole lines.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "feed/csv_block.hpp"
#include "feed/line_blocks.hpp"
#include "feed/source.hpp"

namespace sorsweep {

class CsvSource final : public Source {
 public:
  /// \param stream the text; \param file what it comes from: lives as long as the stream
  CsvSource(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file);

  bool next(RawBlock& block) override { return lines_.next(block); }
  void read(const RawBlock& block, RowBlock& rows) const override;

  std::uint64_t lines_before() const override { return header_lines_; }
  std::string format() const override { return "csv"; }
  bool prices_are_nano() const override { return nano_; }
  bool has_flags() const override { return layout_->has(kFlags); }
  std::uint64_t bytes() const override { return file_.bytes(); }
  std::string hash() const override { return file_.hash(); }

 private:
  void read_header();

  std::string name_;
  LineBlocks lines_;
  const FileStream& file_;
  std::uint64_t header_lines_ = 0;
  bool nano_ = false;
  std::optional<CsvLayout> layout_;
  std::optional<CsvBlockReader> reader_;
};

}  // namespace sorsweep
