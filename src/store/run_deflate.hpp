/// \file
/// Deflate (RFC 1951) for the planes of a shuffled chunk. It knows runs of one byte and Huffman codes, but no other
/// matches. On such planes it finds nearly everything in a fraction of the time. Plain text would hardly shrink.
#pragma once

#include <cstddef>
#include <span>

namespace sorsweep::chunk {

/// Returns the greatest number of bytes that `run_deflate` may write.
/// \param size   of all planes, in bytes
/// \param planes their number
std::size_t run_deflate_bound(std::size_t size, std::size_t planes);

/// Writes a whole deflate stream with one block for each plane. Planes that would not shrink are stored. Equal input
/// gives equal bytes.
/// \param bytes  planes of equal size, one behind another
/// \param planes their number
/// \param to     has room for `run_deflate_bound` bytes
/// \return how many bytes were written
std::size_t run_deflate(std::span<const std::byte> bytes, std::size_t planes, char* to);

}  // namespace sorsweep::chunk
