#include "store/chunk_codec.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

namespace sorsweep::chunk {
namespace {

constexpr std::size_t kSumBytes = 4;

/// Transposes eight rows of eight bytes, which are held in words.
void transpose(std::array<std::uint64_t, 8>& w) {
  const auto swap = [&w](unsigned a, unsigned b, unsigned shift, std::uint64_t mask) {
    const auto t = ((w[a] >> shift) ^ w[b]) & mask;
    w[a] ^= t << shift;
    w[b] ^= t;
  };
  for (const auto i : {0U, 1U, 2U, 3U}) swap(i, i + 4, 32, 0x00000000FFFFFFFFU);
  for (const auto i : {0U, 1U, 4U, 5U}) swap(i, i + 2, 16, 0x0000FFFF0000FFFFU);
  for (const auto i : {0U, 2U, 4U, 6U}) swap(i, i + 1, 8, 0x00FF00FF00FF00FFU);
}

/// Shuffles as HDF5 does: first come the lowest bytes of all values, then the next bytes, and so on.
template <std::size_t Size>
void shuffle(const std::byte* values, std::size_t count, std::byte* planes) {
  std::size_t i = 0;
  std::array<std::uint64_t, 8> rows{};
  for (; i + 8 <= count; i += 8) {
    for (std::size_t v = 0; v < 8; ++v) std::memcpy(&rows[v], values + (i + v) * Size, Size);
    transpose(rows);
    for (std::size_t p = 0; p < Size; ++p) std::memcpy(planes + p * count + i, &rows[p], 8);
    if constexpr (Size < 8) rows = {};
  }
  for (; i < count; ++i)
    for (std::size_t p = 0; p < Size; ++p) planes[p * count + i] = values[i * Size + p];
}

template <std::size_t Size>
void unshuffle(const std::byte* planes, std::size_t count, std::byte* values) {
  std::size_t i = 0;
  std::array<std::uint64_t, 8> rows{};
  for (; i + 8 <= count; i += 8) {
    for (std::size_t p = 0; p < Size; ++p) std::memcpy(&rows[p], planes + p * count + i, 8);
    transpose(rows);
    for (std::size_t v = 0; v < 8; ++v) std::memcpy(values + (i + v) * Size, &rows[v], Size);
    if constexpr (Size < 8) rows = {};
  }
  for (; i < count; ++i)
    for (std::size_t p = 0; p < Size; ++p) values[i * Size + p] = planes[p * count + i];
}

std::uint32_t fold(std::uint32_t sum) {
  return (sum & 0xFFFF) + (sum >> 16);
}

/// Computes Fletcher's checksum as HDF5 does: over big-endian 16-bit words on every machine. A last odd byte counts as
/// the high one of its word.
std::uint32_t fletcher32(const char* text, std::size_t size) {
  constexpr std::size_t words_before_overflow = 360;
  const auto* data = reinterpret_cast<const unsigned char*>(text);
  std::uint32_t sum1 = 0, sum2 = 0;
  for (std::size_t words = size / 2; words > 0;) {
    const auto now = std::min(words, words_before_overflow);
    words -= now;
    for (std::size_t i = 0; i < now; ++i, data += 2) {
      sum1 += static_cast<std::uint32_t>(data[0] << 8 | data[1]);
      sum2 += sum1;
    }
    sum1 = fold(sum1);
    sum2 = fold(sum2);
  }
  if (size % 2 != 0) {
    sum1 = fold(sum1 + static_cast<std::uint32_t>(*data << 8));
    sum2 = fold(sum2 + sum1);
  }
  return fold(sum2) << 16 | fold(sum1);
}

struct FreeCompressor {
  void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

/// Returns the thread's compressor, which is kept because making one costs as much as a small chunk.
libdeflate_compressor* compressor(int level) {
  thread_local std::unique_ptr<libdeflate_compressor, FreeCompressor> kept;
  thread_local int kept_level = -1;
  if (!kept || kept_level != level) {
    kept.reset(libdeflate_alloc_compressor(level));
    kept_level = level;
    if (!kept) throw std::bad_alloc();
  }
  return kept.get();
}

libdeflate_decompressor* decompressor() {
  thread_local std::unique_ptr<libdeflate_decompressor, FreeDecompressor> kept(libdeflate_alloc_decompressor());
  if (!kept) throw std::bad_alloc();
  return kept.get();
}

/// Returns room for a shuffled chunk, which the thread keeps from one chunk to the next.
std::byte* planes_of(std::size_t size) {
  thread_local std::vector<std::byte> kept;
  if (kept.size() < size) kept.resize(size);
  return kept.data();
}

/// Judges by a sample whether deflate would gain nothing on these bytes. The low bytes of time stamps are such noise.
/// They come first in a shuffled chunk, and half of the time would be spent on searching them in vain.
bool is_noise(libdeflate_compressor* deflate, const std::byte* plane, std::size_t size) {
  constexpr std::size_t sample = 4096, least_plane = 4 * sample, gain = sample / 32;
  if (size < least_plane) return false;
  std::array<char, sample> room;
  return libdeflate_deflate_compress(deflate, plane + size / 2, sample, room.data(), sample - gain) == 0;
}

/// A zlib stream of stored blocks followed by compressed ones, with HDF5's checksum at its end.
class ZlibStream {
 public:
  /// \param room bytes for all that is stored and deflated
  explicit ZlibStream(std::size_t room) : bytes_(kHeader.size() + room + kAdlerBytes + kSumBytes, '\0') {
    std::memcpy(bytes_.data(), kHeader.data(), kHeader.size());
    size_ = kHeader.size();
  }

  void store(std::span<const std::byte> data) {
    while (!data.empty()) {
      const auto part = data.first(std::min(data.size(), kMostStored));
      const auto length = static_cast<std::uint16_t>(part.size());
      bytes_[size_] = 0;  // not the last block, stored
      put<std::uint16_t>(size_ + 1, length);
      put<std::uint16_t>(size_ + 3, static_cast<std::uint16_t>(~length));
      std::memcpy(bytes_.data() + size_ + kStoredIntro, part.data(), part.size());
      size_ += kStoredIntro + part.size();
      data = data.subspan(part.size());
    }
  }

  /// Adds compressed data. Call this once, after everything else.
  void deflate(libdeflate_compressor* deflate, std::span<const std::byte> data) {
    size_ +=
        libdeflate_deflate_compress(deflate, data.data(), data.size(), bytes_.data() + size_, bytes_.size() - size_);
  }

  /// Adds data compressed by run_deflate. Call this once, and nothing else.
  void deflate_runs(std::span<const std::byte> data, std::size_t planes) {
    size_ += run_deflate(data, planes, bytes_.data() + size_);
  }

  static std::size_t stored_bound(std::size_t size) { return size + (size / kMostStored + 1) * kStoredIntro; }

  /// Ends the stream and returns its bytes. \param data all that was added
  std::string finish(std::span<const std::byte> data) {
    const auto adler = libdeflate_adler32(1, data.data(), data.size());
    for (unsigned i = 0; i < kAdlerBytes; ++i) bytes_[size_++] = static_cast<char>(adler >> (24 - 8 * i));
    const auto sum = fletcher32(bytes_.data(), size_);
    put<std::uint32_t>(size_, sum);
    return std::string(bytes_, 0, size_ + kSumBytes);  // a copy, so that no room is wasted while the chunk waits
  }

 private:
  static constexpr std::string_view kHeader = "\x78\x01";  // deflate with a window of 32 KiB, compressed fast
  static constexpr std::size_t kMostStored = 65535, kStoredIntro = 5, kAdlerBytes = 4;

  /// Writes a number in little-endian order.
  template <class T>
  void put(std::size_t at, T number) {
    for (unsigned i = 0; i < sizeof number; ++i) bytes_[at + i] = static_cast<char>(number >> (8 * i));
  }

  std::string bytes_;
  std::size_t size_ = 0;
};

std::string encode_runs(std::span<const std::byte> planes, std::size_t count) {
  ZlibStream stream(run_deflate_bound(planes.size(), count));
  stream.deflate_runs(planes, count);
  return stream.finish(planes);
}

std::string encode_at_level(std::span<const std::byte> planes, std::size_t count, int level) {
  auto* deflate = compressor(level);
  const auto size = planes.size() / count;
  std::size_t stored = 0;
  if (count > 1)
    while (stored < count && is_noise(deflate, planes.data() + stored * size, size)) ++stored;
  const auto low = planes.first(stored * size), high = planes.subspan(stored * size);
  ZlibStream stream(ZlibStream::stored_bound(low.size()) + libdeflate_deflate_compress_bound(deflate, high.size()));
  stream.store(low);
  stream.deflate(deflate, high);
  return stream.finish(planes);
}

}  // namespace

std::string encode(std::span<const std::byte> values, std::size_t element_size, int level) {
  auto planes = values;
  if (element_size > 1) {
    auto* room = planes_of(values.size());
    const auto count = values.size() / element_size;
    element_size == 8 ? shuffle<8>(values.data(), count, room) : shuffle<4>(values.data(), count, room);
    planes = {room, values.size()};
  }
  return level == kRunsOnly ? encode_runs(planes, element_size) : encode_at_level(planes, element_size, level);
}

bool decode(std::string_view bytes, std::size_t element_size, std::span<std::byte> values) {
  if (bytes.size() < kSumBytes) return false;
  const auto size = bytes.size() - kSumBytes;
  const auto sum = fletcher32(bytes.data(), size);
  for (unsigned i = 0; i < kSumBytes; ++i)
    if (bytes[size + i] != static_cast<char>(sum >> (8 * i))) return false;
  auto* planes = element_size > 1 ? planes_of(values.size()) : values.data();
  const auto result = libdeflate_zlib_decompress(decompressor(), bytes.data(), size, planes, values.size(), nullptr);
  if (result != LIBDEFLATE_SUCCESS) return false;
  const auto count = values.size() / element_size;
  if (element_size == 8) unshuffle<8>(planes, count, values.data());
  if (element_size == 4) unshuffle<4>(planes, count, values.data());
  return true;
}

const char* library_version() {
  return LIBDEFLATE_VERSION_STRING;
}

}  // namespace sorsweep::chunk
