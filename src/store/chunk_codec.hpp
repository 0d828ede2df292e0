/// \file
/// A chunk of a column as HDF5's filter pipeline shuffle → deflate → fletcher32 makes it, without HDF5: so chunks can
/// be made and undone by any number of threads. The only door to libdeflate.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace sorsweep::chunk {

/// A level for prices, sizes and ids: see run_deflate.hpp. Half of the time of level 1, and about as small.
inline constexpr int kRunsOnly = 0;

/// The bytes that H5Dwrite_chunk takes. The same input gives the same bytes, whatever thread does it.
/// \param element_size 1, 4 or 8
/// \param level        of deflate: 1 (fast) to 9 (small), or kRunsOnly
std::string encode(std::span<const std::byte> values, std::size_t element_size, int level);

/// Undoes `encode`. \param values must have the size that the chunk had
/// \return false where the bytes are not what `encode` made of so many values
bool decode(std::string_view bytes, std::size_t element_size, std::span<std::byte> values);

/// Of libdeflate's header: the library does not tell.
const char* library_version();

}  // namespace sorsweep::chunk
