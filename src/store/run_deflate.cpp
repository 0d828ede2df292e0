// tested by: tests/store/chunk_codec_test.cpp (run_deflate)
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include "store/chunk_codec.hpp"

namespace sorsweep::chunk {
namespace {

static_assert(std::endian::native == std::endian::little, "bits are written a word at a time");

constexpr std::size_t kLiterals = 256, kEnd = 256, kSymbols = 286, kLengthSymbols = 19;
constexpr std::size_t kLeastRun = 3, kMostRun = 258;
constexpr unsigned kLongestCode = 15, kLongestLengthCode = 7;
constexpr std::size_t kMostStored = 65535, kStoredIntro = 5;
/// A token is a byte, or 256 + the length of a run of the byte before it.
constexpr std::size_t kTokens = kLiterals + kMostRun + 1;
/// Room behind what is written, for whole words, for the beginnings of blocks and for the last block.
constexpr std::size_t kSlack = 64;

struct Bits {
  std::uint32_t value = 0, count = 0;
};

/// The symbol of a run's length, with the extra bits that complete it.
struct LengthCode {
  std::uint16_t symbol = 0;
  Bits extra;
};

constexpr auto make_length_codes() {
  constexpr std::uint16_t first = 257, last = 285;
  std::array<LengthCode, kMostRun + 1> codes{};
  std::size_t length = kLeastRun;
  for (std::uint16_t symbol = first; symbol < last; ++symbol) {
    const std::uint32_t extra = symbol < 265 ? 0 : (symbol - 261U) / 4;
    for (std::uint32_t i = 0; i < 1U << extra; ++i) codes[length++] = {symbol, {i, extra}};
  }
  codes[kMostRun] = {last, {}};
  return codes;
}
constexpr auto kLengthCodes = make_length_codes();

class BitWriter {
 public:
  explicit BitWriter(char* to) : begin_(to), to_(to) {}

  void put(std::uint32_t value, std::uint32_t count) {
    word_ |= std::uint64_t{value} << count_;
    count_ += count;
    std::memcpy(to_, &word_, sizeof word_);
    to_ += count_ / 8;
    word_ >>= count_ & ~7U;
    count_ %= 8;
  }
  void put(Bits bits) { put(bits.value, bits.count); }

  void align() {
    if (count_ > 0) put(0, 8 - count_);
  }
  void copy(std::span<const std::byte> data) {
    std::memcpy(to_, data.data(), data.size());
    to_ += data.size();
  }
  std::size_t bytes() const { return static_cast<std::size_t>(to_ - begin_); }

 private:
  char *begin_, *to_;
  std::uint64_t word_ = 0;
  std::uint32_t count_ = 0;
};

/// A Huffman tree. Its leaves come first, then its inner nodes, each in ascending order of their counts.
class HuffmanTree {
 public:
  /// \param counts of at least two leaves, ascending
  explicit HuffmanTree(const std::vector<std::uint32_t>& counts) : leaves_(counts.size()), counts_(counts) {
    parents_.resize(2 * leaves_ - 1);
    while (counts_.size() < parents_.size()) {
      const auto parent = counts_.size();
      const auto one = take_least(), other = take_least();
      parents_[one] = parents_[other] = parent;
      counts_.push_back(counts_[one] + counts_[other]);
    }
  }

  /// Returns the depth of every leaf. Depths descend.
  std::vector<unsigned> depths() const {
    std::vector<unsigned> all(parents_.size(), 0);
    for (auto node = parents_.size() - 1; node-- > 0;) all[node] = all[parents_[node]] + 1;
    all.resize(leaves_);
    return all;
  }

 private:
  std::size_t take_least() {
    const bool has_inner = next_inner_ + leaves_ < counts_.size();
    if (next_leaf_ < leaves_ && (!has_inner || counts_[next_leaf_] <= counts_[leaves_ + next_inner_]))
      return next_leaf_++;
    return leaves_ + next_inner_++;
  }

  std::size_t leaves_, next_leaf_ = 0, next_inner_ = 0;
  std::vector<std::uint32_t> counts_;
  std::vector<std::size_t> parents_;
};

/// A prefix code: the bits of every symbol that occurs.
template <std::size_t Size>
class PrefixCode {
 public:
  /// \param counts  how often each symbol occurs, above 0 for at least two of them; they are halved until no code is
  ///          too long
  /// \param longest the greatest length of a code, in bits
  PrefixCode(std::array<std::uint32_t, Size> counts, unsigned longest) {
    while (!find_lengths(counts, longest))
      for (auto& count : counts) count = (count + 1) / 2;
    assign(longest);
  }

  Bits operator[](std::size_t symbol) const { return bits_[symbol]; }

 private:
  bool find_lengths(const std::array<std::uint32_t, Size>& counts, unsigned longest) {
    std::vector<std::uint16_t> used;
    for (std::size_t symbol = 0; symbol < Size; ++symbol)
      if (counts[symbol] > 0) used.push_back(static_cast<std::uint16_t>(symbol));
    std::sort(used.begin(), used.end(),
              [&](auto a, auto b) { return counts[a] != counts[b] ? counts[a] < counts[b] : a < b; });
    std::vector<std::uint32_t> sorted(used.size());
    std::transform(used.begin(), used.end(), sorted.begin(), [&](auto symbol) { return counts[symbol]; });
    const auto depths = HuffmanTree(sorted).depths();
    for (std::size_t i = 0; i < used.size(); ++i) bits_[used[i]].count = depths[i];
    return *std::max_element(depths.begin(), depths.end()) <= longest;
  }

  /// Assigns the codes. Codes of one length are consecutive, in the order of their symbols, and follow the shorter
  /// ones. Their first bit is written first.
  void assign(unsigned longest) {
    std::uint32_t next = 0;
    for (unsigned length = 1; length <= longest; ++length, next *= 2)
      for (auto& bits : bits_)
        if (bits.count == length) bits.value = reversed(next++, length);
  }

  static std::uint32_t reversed(std::uint32_t code, unsigned length) {
    std::uint32_t turned = 0;
    for (unsigned i = 0; i < length; ++i) turned |= (code >> i & 1U) << (length - 1 - i);
    return turned;
  }

  std::array<Bits, Size> bits_{};
};

using SymbolCode = PrefixCode<kSymbols>;

/// The lengths of a code as the header of a block spells them, with repeats.
class SpelledLengths {
 public:
  explicit SpelledLengths(const SymbolCode& code) {
    while (code[count_ - 1].count == 0) --count_;
    std::vector<std::uint32_t> lengths(count_);
    for (std::size_t i = 0; i < count_; ++i) lengths[i] = code[i].count;
    lengths.push_back(1);  // the only distance code, for the byte before
    for (std::size_t i = 0; i < lengths.size();) i += spell(lengths, i);
  }

  void put(BitWriter& to) const {
    constexpr std::array<std::uint8_t, kLengthSymbols> order = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                                11, 4,  12, 3, 13, 2, 14, 1, 15};
    const PrefixCode<kLengthSymbols> code(counts_, kLongestLengthCode);
    to.put(static_cast<std::uint32_t>(count_ - (kEnd + 1)), 5);
    to.put(0, 5);                   // one distance code
    to.put(kLengthSymbols - 4, 4);  // the lengths of all codes for lengths
    for (const auto symbol : order) to.put(code[symbol].count, 3);
    for (const auto& [symbol, extra] : spelled_) {
      to.put(code[symbol]);
      to.put(extra);
    }
  }

 private:
  /// Spells lengths from the i-th on. \return how many
  std::size_t spell(const std::vector<std::uint32_t>& lengths, std::size_t i) {
    const auto length = lengths[i];
    const auto end = std::find_if(lengths.begin() + static_cast<std::ptrdiff_t>(i), lengths.end(),
                                  [&](auto other) { return other != length; });
    const auto run = static_cast<std::size_t>(end - lengths.begin()) - i;
    if (length == 0 && run >= 11) return repeat(18, std::min<std::size_t>(run, 138), 11, 7);
    if (length == 0 && run >= 3) return repeat(17, std::min<std::size_t>(run, 10), 3, 3);
    if (i > 0 && length == lengths[i - 1] && run >= 3) return repeat(16, std::min<std::size_t>(run, 6), 3, 2);
    add(static_cast<std::uint16_t>(length), {});
    return 1;
  }
  std::size_t repeat(std::uint16_t symbol, std::size_t run, std::size_t least, std::uint32_t bits) {
    add(symbol, {static_cast<std::uint32_t>(run - least), bits});
    return run;
  }
  void add(std::uint16_t symbol, Bits extra) {
    spelled_.push_back({symbol, extra});
    ++counts_[symbol];
  }

  std::size_t count_ = kSymbols;
  std::vector<LengthCode> spelled_;
  std::array<std::uint32_t, kLengthSymbols> counts_{};
};

/// Counts how many bytes, from the first on, equal `value`.
std::size_t run_of(std::byte value, const std::byte* at, const std::byte* end) {
  const auto* const begin = at;
  const auto wanted = std::to_integer<std::uint64_t>(value) * 0x0101010101010101U;
  for (std::uint64_t word = 0; end - at >= 8; at += 8) {
    std::memcpy(&word, at, sizeof word);
    if (word != wanted)
      return static_cast<std::size_t>(at - begin) + static_cast<std::size_t>(std::countr_zero(word ^ wanted)) / 8;
  }
  while (at != end && *at == value) ++at;
  return static_cast<std::size_t>(at - begin);
}

/// A plane as a sequence of bytes and runs.
class Tokens {
 public:
  void read(std::span<const std::byte> plane) {
    if (tokens_.size() < plane.size()) tokens_.resize(plane.size());
    auto* to = tokens_.data();
    const auto *at = plane.data(), *const end = at + plane.size();
    while (at != end) {
      const auto value = *at++;
      *to++ = std::to_integer<std::uint16_t>(value);
      auto run = run_of(value, at, end);
      if (run < kLeastRun) continue;
      at += run;
      for (; run >= kLeastRun; run -= std::min(run, kMostRun))
        *to++ = static_cast<std::uint16_t>(kLiterals + std::min(run, kMostRun));
      at -= run;  // the one or two bytes that are left stand for themselves
    }
    size_ = static_cast<std::size_t>(to - tokens_.data());
  }

  std::span<const std::uint16_t> all() const { return std::span(tokens_).first(size_); }

 private:
  std::vector<std::uint16_t> tokens_;
  std::size_t size_ = 0;
};

using TokenCounts = std::array<std::uint32_t, kTokens>;

std::array<std::uint32_t, kSymbols> symbol_counts(const TokenCounts& tokens) {
  std::array<std::uint32_t, kSymbols> counts{};
  std::copy_n(tokens.begin(), kLiterals, counts.begin());
  for (std::size_t length = kLeastRun; length <= kMostRun; ++length)
    counts[kLengthCodes[length].symbol] += tokens[kLiterals + length];
  counts[kEnd] = 1;
  return counts;
}

/// Returns the bits of every token. Those of a run are its symbol, its extra bits, and a 0 for the only distance.
std::array<Bits, kTokens> token_bits(const SymbolCode& code) {
  std::array<Bits, kTokens> all;
  for (std::size_t i = 0; i < kLiterals; ++i) all[i] = code[i];
  for (std::size_t length = kLeastRun; length <= kMostRun; ++length) {
    const auto& [symbol, extra] = kLengthCodes[length];
    const auto bits = code[symbol];
    all[kLiterals + length] = {bits.value | extra.value << bits.count, bits.count + extra.count + 1};
  }
  return all;
}

void store_plane(std::span<const std::byte> plane, BitWriter& to) {
  while (!plane.empty()) {
    const auto part = plane.first(std::min(plane.size(), kMostStored));
    const auto size = static_cast<std::uint32_t>(part.size());
    to.put(0, 3);  // not the last block, stored
    to.align();
    to.put(size, 16);
    to.put(~size & 0xFFFFU, 16);
    to.copy(part);
    plane = plane.subspan(part.size());
  }
}

/// Judges by a sample whether nothing can be gained, because all values are about as frequent and there are no runs.
bool is_noise(std::span<const std::byte> plane) {
  constexpr std::size_t sample = 4096, least_plane = 4 * sample;
  if (plane.size() < least_plane) return false;
  std::array<std::uint32_t, kLiterals> counts{};
  const auto some = plane.subspan(plane.size() / 2, sample);
  std::size_t repeats = 0;
  for (std::size_t i = 0; i < sample; ++i) {
    ++counts[std::to_integer<std::size_t>(some[i])];
    repeats += i > 0 && some[i] == some[i - 1] ? 1 : 0;
  }
  std::uint64_t pairs = 0;
  for (const auto count : counts) pairs += std::uint64_t{count} * count;
  constexpr auto of_noise = sample * sample / kLiterals + sample;
  return pairs < of_noise + of_noise / 8 && repeats < sample / 32;
}

/// Writes a plane as a compressed block.
/// \return false if it would not shrink by an eighth, its code included; then nothing was written
bool deflate_plane(std::span<const std::byte> plane, BitWriter& to) {
  thread_local Tokens tokens;
  tokens.read(plane);
  TokenCounts counts{};
  for (const auto token : tokens.all()) ++counts[token];
  const SymbolCode code(symbol_counts(counts), kLongestCode);
  const auto bits = token_bits(code);
  std::uint64_t size = 0;
  for (std::size_t token = 0; token < kTokens; ++token) size += std::uint64_t{counts[token]} * bits[token].count;
  constexpr std::size_t header = 80;  // typical
  if (size / 8 + header > plane.size() - plane.size() / 8) return false;
  to.put(0b100, 3);  // not the last block, and with codes of its own
  SpelledLengths(code).put(to);
  for (const auto token : tokens.all()) to.put(bits[token]);
  to.put(code[kEnd]);
  return true;
}

}  // namespace

std::size_t run_deflate_bound(std::size_t size, std::size_t planes) {
  // The header of a block has fewer than 300 bytes, by which small planes may grow.
  return size + planes * 512 + (size / kMostStored + planes) * kStoredIntro + kSlack;
}

std::size_t run_deflate(std::span<const std::byte> bytes, std::size_t planes, char* to) {
  BitWriter writer(to);
  const auto size = bytes.size() / planes;
  for (std::size_t i = 0; i < planes && size > 0; ++i) {
    const auto plane = bytes.subspan(i * size, size);
    if (is_noise(plane) || !deflate_plane(plane, writer)) store_plane(plane, writer);
  }
  writer.put(0b011, 3);  // the last block, with fixed codes: it holds nothing but its end
  writer.put(0, 7);
  writer.align();
  return writer.bytes();
}

}  // namespace sorsweep::chunk
