/// \file
/// Deflate (RFC 1951) for the planes of a shuffled chunk: runs of one byte and Huffman codes, no other matches. On such
/// planes that finds nearly all there is to find, in a fraction of the time; plain text would fare badly.
#pragma once

#include <cstddef>
#include <span>

namespace sorsweep::chunk {

/// Bytes that `run_deflate` may write at most.
std::size_t run_deflate_bound(std::size_t size, std::size_t planes);

/// Writes a whole deflate stream: a block for each plane, those that would not shrink are stored.
/// \param bytes  planes of equal size, one behind the other
/// \param to     has room for `run_deflate_bound` bytes
/// \return how many were written. The same input gives the same bytes
std::size_t run_deflate(std::span<const std::byte> bytes, std::size_t planes, char* to);

}  // namespace sorsweep::chunk
