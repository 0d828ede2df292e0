// Fuzzes CSV, also compressed. It is read or refused, and the fast reader of blocks does what the plain one does.
#include <tuple>
#include <vector>

#include "feed/csv_block.hpp"
#include "feed/csv_text.hpp"
#include "fuzz/source_fuzz.hpp"

using namespace sorsweep;

namespace {

auto tie_of(const QuoteRow& r) {
  return std::tuple(r.ts_recv_ns, r.ts_event_ns, r.publisher_id, r.action, r.side, r.flags, r.size, r.price, r.bid_px,
                    r.ask_px, r.bid_sz, r.ask_sz);
}

void compare_readers(std::string_view bytes) {
  static const TimeZone zone("America/New_York");
  CsvLines lines(bytes);
  std::string_view header;
  if (!lines.next(header)) return;
  try {
    const CsvLayout layout("fuzz", header);
    const CsvBlockReader reader("fuzz", layout, sniff_nano(bytes, layout));
    // It is exactly as long as promised, so that reading one byte too many is noticed.
    std::vector<char> text(bytes.begin() + static_cast<std::ptrdiff_t>(lines.position()), bytes.end());
    const auto size = text.size();
    text.resize(size + kCsvPadding);
    RowBlock fast(zone, 1000), plain(zone, 1000);
    reader.read({text.data(), size}, fast);
    reader.read_plainly({text.data(), size}, plain);
    must(fast.lines == plain.lines && fast.rows_read == plain.rows_read && fast.rows_rejected == plain.rows_rejected);
    const auto one = fast.take_groups(), other = plain.take_groups();
    must(one.size() == other.size());
    for (std::size_t g = 0; g < one.size(); ++g) {
      must(one[g].key == other[g].key && one[g].rows.rows() == other[g].rows.rows());
      for (std::size_t i = 0; i < one[g].rows.rows(); ++i)
        must(tie_of(one[g].rows.row(i)) == tie_of(other[g].rows.row(i)));
    }
  } catch (const Error& error) {
    must(error.code() == Exit::input);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  compare_readers(bytes);
  read_any_source(bytes);
  return 0;
}
