/// \file
/// Encodes chunks of a column as HDF5's filter pipeline shuffle → deflate → fletcher32 does, but without HDF5, so that
/// any number of threads can encode and decode them. No other file uses libdeflate.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace sorsweep::chunk {

/// A level for prices, sizes and ids (`run_deflate`). It takes half the time of level 1, and is about as small.
inline constexpr int kRunsOnly = 0;

/// Encodes values to the bytes that H5Dwrite_chunk takes. Equal input gives equal bytes, on any thread.
/// \param element_size bytes of a value: 1, 4 or 8
/// \param level        of deflate, from 1 (fast) to 9 (small), or kRunsOnly
std::string encode(std::span<const std::byte> values, std::size_t element_size, int level);

/// Decodes what `encode` made.
/// \param values receives them; its size must be that of the chunk
/// \return false if the bytes are not an encoding of that many values
bool decode(std::string_view bytes, std::size_t element_size, std::span<std::byte> values);

/// Writes a whole stream of deflate (RFC 1951) with one block for each plane of a shuffled chunk. It knows runs of one
/// byte and Huffman codes, but no other matches. On such planes it finds nearly everything in a fraction of the time;
/// plain text would hardly shrink. Planes that would not shrink are stored. Equal input gives equal bytes.
/// \param bytes  planes of equal size, one behind another
/// \param planes their number
/// \param to     has room for `run_deflate_bound` bytes
/// \return how many bytes were written
std::size_t run_deflate(std::span<const std::byte> bytes, std::size_t planes, char* to);

/// Returns the greatest number of bytes that `run_deflate` may write.
/// \param size   of all planes, in bytes
/// \param planes their number
std::size_t run_deflate_bound(std::size_t size, std::size_t planes);

/// Returns the version in libdeflate's header, because the library does not tell its own.
const char* library_version();

}  // namespace sorsweep::chunk
