// tested by: tests/feed/row_rules_test.cpp (register_line_format)
#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"
#include "feed/csv_text.hpp"
#include "feed/formats.hpp"
#include "feed/line_blocks.hpp"

namespace sorsweep {
namespace {

std::deque<LineFormat>& all_formats() {
  static std::deque<LineFormat> all;
  return all;
}

class LineSource final : public Source {
 public:
  LineSource(std::string name, const LineFormat& format, std::unique_ptr<ByteStream> stream, const FileStream& file)
      : Source(file), name_(std::move(name)), format_(format), lines_(name_, std::move(stream), kind_of(format)) {
    skip_header();
    set_facts({format.name, false, format.has_flags, format.header_lines});
  }

  bool next(RawBlock& block) override { return lines_.next(block); }
  void read(const RawBlock& block, RowBlock& rows) const override;

 private:
  static std::string kind_of(const LineFormat& format) { return fmt::format("a file of the format {}", format.name); }

  void skip_header();
  void read_line(std::string_view line, std::size_t at, RowBlock& rows) const;

  std::string name_;
  const LineFormat& format_;
  LineBlocks lines_;
};

void LineSource::skip_header() {
  std::size_t end = 0;
  for (std::size_t i = 0; i < format_.header_lines; ++i) {
    end = lines_.head().find('\n', end);
    if (end == std::string::npos) refuse_no_rows(name_);
    ++end;
  }
  lines_.drop(end);
}

void LineSource::read(const RawBlock& block, RowBlock& rows) const {
  const std::string_view text(block.bytes.data(), block.size);
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const auto line = without_carriage_return(text.substr(begin, end - begin));
    ++rows.lines;
    if (!line.empty()) read_line(line, begin, rows);
    begin = end + 1;
  }
}

void LineSource::read_line(std::string_view line, std::size_t at, RowBlock& rows) const {
  ++rows.rows_read;
  LineRow row;
  auto why = format_.read(line, row);
  if (why.empty()) {
    const auto fault = rows.accept(row.quote, row.quote.ts_event_ns, row.symbol);
    if (!fault) return;
    why = fmt::format("{}: {}", fault.column, fault.why);
  }
  rows.reject({name_, rows.lines, at, 1, "line", std::move(why), shorten(line)});
}

}  // namespace

const std::deque<LineFormat>& line_formats() {
  return all_formats();
}

void register_line_format(LineFormat format) {
  check_name(format.name, "a format");
  const bool is_taken = std::ranges::find(line_formats(), format.name, &LineFormat::name) != line_formats().end();
  if (is_taken || format.name == "csv" || format.name.starts_with("dbn"))
    throw Error(Exit::usage, fmt::format("there is a format {} already", format.name), "", "choose another name");
  if (!format.recognise || !format.read)
    throw Error(Exit::usage, fmt::format("the format {} lacks a function", format.name), "both are needed",
                "give it `recognise` and `read`");
  all_formats().push_back(std::move(format));
}

std::unique_ptr<Source> open_lines(std::string name, const LineFormat& format, std::unique_ptr<ByteStream> stream,
                                   const FileStream& file) {
  return std::make_unique<LineSource>(std::move(name), format, std::move(stream), file);
}

}  // namespace sorsweep
