#include <fmt/format.h>

#include <optional>

#include "core/error.hpp"
#include "feed/csv_block.hpp"
#include "feed/csv_text.hpp"
#include "feed/formats.hpp"
#include "feed/line_blocks.hpp"

namespace sorsweep {
namespace {

class CsvSource final : public Source {
 public:
  CsvSource(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file)
      : Source(file), name_(std::move(name)), lines_(name_, std::move(stream), "a CSV file") {
    read_header();
  }

  bool next(RawBlock& block) override { return lines_.next(block); }

  void read(const RawBlock& block, RowBlock& rows) const override {
    reader_->read({block.bytes.data(), block.size}, rows);
  }

 private:
  void read_header() {
    CsvLines lines(lines_.head());
    std::string_view header;
    if (!lines.next(header))
      throw Error(Exit::input, fmt::format("{} is empty", name_), "", "give a CSV with a header");
    if (header.size() > LineBlocks::longest_line()) lines_.refuse_long_line(0);
    layout_.emplace(name_, header);
    const bool nano = sniff_nano(lines_.head(), *layout_);
    reader_.emplace(name_, *layout_, nano);
    set_facts({"csv", nano, layout_->has(kFlags), lines.number()});
    std::string_view row;
    const auto header_bytes = lines.position();
    if (!lines.next(row)) refuse_no_rows(name_);
    lines_.drop(header_bytes);
  }

  std::string name_;
  LineBlocks lines_;
  std::optional<CsvLayout> layout_;
  std::optional<CsvBlockReader> reader_;
};

}  // namespace

std::unique_ptr<Source> open_csv(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file) {
  return std::make_unique<CsvSource>(std::move(name), std::move(stream), file);
}

}  // namespace sorsweep
