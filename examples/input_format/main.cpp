// This program adds its own input format. Files begin with "#pipes" and have lines "time|venue|symbol|bid|bid
// size|ask|ask size", where time is in ms since 1970 UTC and an absent side has an empty price.
#include <array>
#include <charconv>
#include <cstdio>
#include <exception>
#include <sorsweep/app/program.hpp>
#include <sorsweep/feed/line_format.hpp>
#include <string>

namespace {

using Cells = std::array<std::string_view, 7>;

bool split(std::string_view line, Cells& cells) {
  for (auto& cell : cells) {
    const auto end = line.find('|');
    const bool is_last = &cell == &cells.back();
    if ((end == std::string_view::npos) != is_last) return false;
    cell = line.substr(0, end);
    line.remove_prefix(is_last ? line.size() : end + 1);
  }
  return true;
}

template <class Number>
bool whole(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool price(std::string_view text, sorsweep::Nano& px) {
  if (text.empty()) return true;  // The price stays undefined.
  const auto exact = sorsweep::parse_decimal_exact(text);
  if (exact) px = *exact;
  return exact && px > 0;
}

std::string read_row(std::string_view line, sorsweep::LineRow& row) {
  Cells cells;
  auto& quote = row.quote;
  std::int64_t ms = 0;
  if (!split(line, cells)) return "not seven cells";
  if (!whole(cells[0], ms) || ms < 0 || ms > 7'000'000'000'000) return "the time is no number of ms";
  if (!whole(cells[1], quote.publisher_id)) return "the venue is no number";
  if (!price(cells[3], quote.bid_px) || !price(cells[5], quote.ask_px)) return "a price that is none";
  if (!whole(cells[4], quote.bid_sz) || !whole(cells[6], quote.ask_sz)) return "a size that is none";
  quote.ts_event_ns = quote.ts_recv_ns = ms * 1'000'000;
  row.symbol = cells[2];
  return "";
}

}  // namespace

int main(int argc, char** argv) {
  try {
    sorsweep::register_line_format({.name = "pipes",
                                    .recognise = [](std::string_view head) { return head.starts_with("#pipes\n"); },
                                    .header_lines = 1,
                                    .read = read_row});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return sorsweep::run_program(argc, argv);
}
