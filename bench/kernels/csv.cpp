// Benchmarks of reading CSV text: the fast reader, the plain one, and the least that any reader must do.
#include <cstring>

#include "feed/csv_block.hpp"
#include "feed/csv_text.hpp"
#include "feed/quote_csv_writer.hpp"
#include "instances.hpp"
#include "kernels/checks.hpp"

namespace sorsweep::bench {
namespace {

constexpr std::size_t kRows = 2'600;  // about one block of convert, 512 KiB

/// A file as convert sees it: the header, then whole lines with room behind them.
struct CsvFile {
  QuoteColumns quotes = pinned_day(kRows);
  std::string text = format_quote_csv(quotes, "SYNTH");
  std::string_view header{text.data(), text.find('\n')};
  CsvLayout layout{"bench", header};
  CsvBlockReader reader{"bench", layout, sniff_nano(text, layout)};
  TimeZone zone{"America/New_York"};
  std::string lines = text.substr(header.size() + 1) + std::string(kCsvPadding, '\0');

  std::string_view block() const { return {lines.data(), lines.size() - kCsvPadding}; }
};

Hasher hash_of(const QuoteColumns& rows) {
  Hasher hasher;
  for_each_column(
      rows, [&]<class T>(const std::vector<T>& column, const char*) { hasher.add_column(std::span<const T>(column)); });
  return hasher;
}

void csv_rows(benchmark::State& state, void (CsvBlockReader::*read)(std::string_view, RowBlock&) const) {
  const CsvFile file;
  std::vector<RowGroup> groups;
  for (auto _ : state) {
    RowBlock rows(file.zone, 0);
    (file.reader.*read)(file.block(), rows);
    groups = rows.take_groups();
  }
  expect(groups.size() == 1 && hash_of(groups[0].rows).hex() == hash_of(file.quotes).hex(),
         "rows read are not those written");
  rate(state, "bytes/s", file.block().size());
  rate(state, "rows/s", kRows);
  label(state, hash_of(groups[0].rows));
}
BENCHMARK_CAPTURE(csv_rows, fast, &CsvBlockReader::read)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(csv_rows, plain, &CsvBlockReader::read_plainly)->Unit(benchmark::kMicrosecond);

/// Looks at every byte for a line end.
void csv_memchr(benchmark::State& state) {
  const CsvFile file;
  const auto text = file.block();
  std::size_t lines = 0;
  for (auto _ : state) {
    lines = 0;
    for (auto at = text; !at.empty(); ++lines) at.remove_prefix(std::min(at.find('\n'), at.size() - 1) + 1);
    benchmark::DoNotOptimize(lines);
  }
  expect(lines == kRows, "lines are missing");
  rate(state, "bytes/s", text.size());
  rate(state, "rows/s", kRows);
}
BENCHMARK(csv_memchr)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace sorsweep::bench
