#include "feed/csv_source.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "feed/csv_text.hpp"

namespace sorsweep {

CsvSource::CsvSource(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file)
    : name_(std::move(name)), lines_(name_, std::move(stream)), file_(file) {
  read_header();
}

void CsvSource::read_header() {
  CsvLines lines(lines_.head());
  std::string_view header;
  if (!lines.next(header)) throw Error(Exit::input, fmt::format("{} is empty", name_), "", "give a CSV with a header");
  if (header.size() > LineBlocks::longest_line()) lines_.refuse_long_line(0);
  layout_.emplace(name_, header);
  nano_ = sniff_nano(lines_.head(), *layout_);
  reader_.emplace(name_, *layout_, nano_);
  header_lines_ = lines.number();
  std::string_view row;
  const auto header_bytes = lines.position();
  if (!lines.next(row)) throw Error(Exit::input, fmt::format("{} holds a header and no rows", name_));
  lines_.drop(header_bytes);
}

void CsvSource::read(const RawBlock& block, RowBlock& rows) const {
  reader_->read({block.bytes.data(), block.size}, rows);
}

}  // namespace sorsweep
