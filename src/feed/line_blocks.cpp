#include "feed/line_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/error.hpp"
#include "core/text.hpp"
#include "feed/csv_block.hpp"

namespace sorsweep {
namespace {

/// Small enough for a core's cache with all that is made of it, large enough to be worth a task. No line may be longer.
constexpr std::size_t kBlockBytes = 1 << 19;
/// Where 1,000 rows with prices are looked for.
constexpr std::size_t kHeadBytes = 8 * kBlockBytes;

}  // namespace

LineBlocks::LineBlocks(std::string name, std::unique_ptr<ByteStream> stream)
    : name_(std::move(name)), stream_(std::move(stream)) {
  std::vector<char> head;
  const auto size = read_growing(*stream_, head, 0, kHeadBytes);
  ahead_.assign(head.data(), size);
  ended_ = size < kHeadBytes;
}

std::size_t LineBlocks::longest_line() {
  return kBlockBytes;
}

void LineBlocks::drop(std::size_t bytes) {
  ahead_byte_ += bytes;
  ahead_.erase(0, bytes);
}

bool LineBlocks::next(RawBlock& block) {
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

void LineBlocks::refuse_long_line(std::uint64_t byte) const {
  throw Error(
      Exit::input,
      fmt::format("{}: the line that begins at byte {} is longer than {}", name_, byte + 1, format_bytes(kBlockBytes)),
      "no row of quotes is", "is this a CSV file?");
}

}  // namespace sorsweep
