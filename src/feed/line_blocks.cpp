// tested by: tests/feed/csv_test.cpp (kCsvPadding)
#include "feed/line_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/error.hpp"
#include "core/text.hpp"
#include "feed/csv_block.hpp"

namespace sorsweep {
namespace {

/// A block and all that is made of it fit a core's cache, and it is large enough to be worth a task. No line may be
/// longer.
constexpr std::size_t kBlockBytes = 1 << 19;
/// The head of a text, in which `sniff_nano` looks for 1,000 rows with prices.
constexpr std::size_t kHeadBytes = 8 * kBlockBytes;

}  // namespace

LineBlocks::LineBlocks(std::string name, std::unique_ptr<ByteStream> stream, std::string kind)
    : name_(std::move(name)), stream_(std::move(stream)), kind_(std::move(kind)) {
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
      "no row of quotes is that long", fmt::format("check that this is {}", kind_));
}

void refuse_no_rows(const std::string& name) {
  throw Error(Exit::input, fmt::format("{} holds a header and no rows", name), "", "give a file with rows of quotes");
}

}  // namespace sorsweep
