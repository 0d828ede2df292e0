#include "feed/line_source.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"
#include "feed/csv_text.hpp"

namespace sorsweep {
namespace {

std::deque<LineFormat>& all_formats() {
  static std::deque<LineFormat> all;
  return all;
}

bool is_one_of(char letter, std::string_view letters) {
  return letters.find(letter) != std::string_view::npos;
}

/// What no format may let through: the store and all that read it rely on it.
std::string rule_broken_by(const QuoteRow& row) {
  const auto is_time = [](TimeNs time) { return time >= 0 && static_cast<std::uint64_t>(time) < kEndOfTime; };
  if (!is_time(row.ts_event_ns) || !is_time(row.ts_recv_ns)) return kTimeRule;
  if (!is_one_of(row.action, kActions)) return "an action that is none";
  if (!is_one_of(row.side, kSides)) return "a side that is none";
  return "";
}

}  // namespace

const std::deque<LineFormat>& line_formats() {
  return all_formats();
}

void register_line_format(LineFormat format) {
  check_name(format.name, "a format");
  const bool is_taken = std::ranges::find(line_formats(), format.name, &LineFormat::name) != line_formats().end();
  if (is_taken || format.name == "csv" || format.name.starts_with("dbn"))
    throw Error(Exit::usage, fmt::format("there is a format {} already", format.name));
  if (!format.recognise || !format.read)
    throw Error(Exit::usage, fmt::format("the format {} lacks a function", format.name), "",
                "give it `recognise` and `read`");
  all_formats().push_back(std::move(format));
}

LineSource::LineSource(const std::string& name, const LineFormat& format, std::unique_ptr<ByteStream> stream,
                       const FileStream& file)
    : name_(name), format_(format), lines_(name, std::move(stream)), file_(file) {
  skip_header();
}

void LineSource::skip_header() {
  std::size_t end = 0;
  for (; header_lines_ < format_.header_lines; ++header_lines_) {
    end = lines_.head().find('\n', end);
    if (end == std::string::npos) throw Error(Exit::input, fmt::format("{} holds a header and no rows", name_));
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
  if (why.empty()) why = rule_broken_by(row.quote);
  if (!why.empty()) return rows.reject({name_, rows.lines, at, 1, "line", std::move(why), shorten(line)});
  rows.accept(row.quote, row.quote.ts_event_ns, row.symbol);
}

}  // namespace sorsweep
