/// \file
/// The formats that a source may have. `open_source` recognises one and opens it.
///
/// In all of these, `name` is the source's name for messages, `stream` its decompressed bytes from the first one on,
/// and `file` the file at the bottom of `stream`, which owns it.
#pragma once

#include <memory>
#include <string>

#include "feed/byte_stream.hpp"
#include "feed/source.hpp"
#include "sorsweep/feed/line_format.hpp"

namespace sorsweep {

/// Opens a CSV file: a header, then blocks of whole lines.
/// \throws Error (input) if a needed column is missing, or there are no rows
std::unique_ptr<Source> open_csv(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file);

/// Opens a DBN file: metadata, then blocks of whole records. \throws Error (input) if its schema holds no quotes
std::unique_ptr<Source> open_dbn(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file);

/// Opens a text of a registered format, in blocks of whole lines. \throws Error (input) if there are no rows
std::unique_ptr<Source> open_lines(std::string name, const LineFormat& format, std::unique_ptr<ByteStream> stream,
                                   const FileStream& file);

}  // namespace sorsweep
