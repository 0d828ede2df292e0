#include "store/csv_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/text.hpp"
#include "store/csv_text.hpp"

namespace sorsweep {
namespace {

/// Small enough for a core's cache with all that is made of it, large enough to be worth a task. No line may be longer.
constexpr std::size_t kBlockBytes = 1 << 19;
/// Where 1,000 rows with prices are looked for.
constexpr std::size_t kHeadBytes = 8 * kBlockBytes;

}  // namespace

CsvSource::CsvSource(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file)
    : name_(std::move(name)), stream_(std::move(stream)), file_(file) {
  std::vector<char> head;
  const auto size = read_growing(*stream_, head, 0, kHeadBytes);
  ahead_.assign(head.data(), size);
  ended_ = size < kHeadBytes;
  read_header();
}

void CsvSource::read_header() {
  CsvLines lines(ahead_);
  std::string_view header;
  if (!lines.next(header)) throw Error(Exit::input, fmt::format("{} is empty", name_), "", "give a CSV with a header");
  if (header.size() > kBlockBytes) refuse_long_line(0);
  layout_.emplace(name_, header);
  nano_ = sniff_nano(ahead_, *layout_);
  reader_.emplace(name_, *layout_, nano_);
  header_lines_ = lines.number();
  ahead_byte_ = lines.position();
  ahead_.erase(0, ahead_byte_);
  CsvLines rest(ahead_);
  std::string_view line;
  if (!rest.next(line)) throw Error(Exit::input, fmt::format("{} holds a header and no rows", name_));
}

bool CsvSource::next(RawBlock& block) {
  const auto room = ended_ ? std::min(kBlockBytes, ahead_.size()) : kBlockBytes;
  block.bytes.resize(room + kCsvPadding);
  block.first_byte = ahead_byte_;
  auto size = std::min(kBlockBytes, ahead_.size());
  std::memcpy(block.bytes.data(), ahead_.data(), size);
  ahead_.erase(0, size);
  const auto had = size;
  if (!ended_) size += read_full(*stream_, block.bytes.data() + had, kBlockBytes - had);
  if (size == 0) return false;
  const std::string_view text(block.bytes.data(), size);
  if (size == kBlockBytes) {
    const auto end = text.rfind('\n');
    if (end == std::string_view::npos) refuse_long_line(block.first_byte);
    ahead_.insert(0, text.substr(end + 1));
    size = end + 1;
  }
  ahead_byte_ += size;
  block.size = size;
  std::memset(block.bytes.data() + size, 0, kCsvPadding);
  return true;
}

void CsvSource::refuse_long_line(std::uint64_t byte) const {
  throw Error(
      Exit::input,
      fmt::format("{}: the line that begins at byte {} is longer than {}", name_, byte + 1, format_bytes(kBlockBytes)),
      "no row of quotes is", "is this a CSV file?");
}

void CsvSource::read(const RawBlock& block, RowBlock& rows) const {
  reader_->read({block.bytes.data(), block.size}, rows);
}

}  // namespace sorsweep
