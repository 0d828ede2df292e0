/// \file
/// gzip and Zstandard. No other file uses zlib or libzstd.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "feed/byte_stream.hpp"

namespace sorsweep {

enum class Packing { none, gzip, zstd };

/// Recognises the packing of a file by its first four bytes.
Packing packing_of(std::string_view first_bytes);

/// Decompresses a stream: all members of a gzip file, or all frames of a Zstandard file. Memory does not depend on what
/// the file claims, and a Zstandard window above 128 MiB is refused. Reading throws Error (input) if the stream is
/// damaged or cut short.
/// \param name of the source, for messages
std::unique_ptr<ByteStream> inflate(Packing packing, const std::string& name, std::unique_ptr<ByteStream> below);

/// Compresses a text into one Zstandard frame with a checksum. The same version of libzstd gives the same bytes.
/// \throws Error (internal) if libzstd fails
std::string zstd_compress(std::string_view text);

/// Return the versions of the libraries at run time.
std::string zlib_library_version();
std::string zstd_library_version();

}  // namespace sorsweep
