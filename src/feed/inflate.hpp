/// \file
/// gzip and Zstandard. (What packs, zstd_compress, is declared in quote_csv_writer.hpp.) The only door to zlib and libzstd.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "feed/byte_stream.hpp"

namespace sorsweep {

enum class Packing { none, gzip, zstd };

/// Which one the first four bytes of a file show.
Packing packing_of(std::string_view first_bytes);

/// The stream decompressed: all members of a gzip file, all frames of a Zstandard file. Reading throws Error (input) where
/// it is damaged or cut short. Memory does not depend on what the file claims: a Zstandard window above 128 MiB is refused.
/// \param name of the source, for messages
std::unique_ptr<ByteStream> inflate(Packing packing, const std::string& name, std::unique_ptr<ByteStream> below);

/// Of the libraries at run time.
std::string zlib_library_version();
std::string zstd_library_version();

}  // namespace sorsweep
