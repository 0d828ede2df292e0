// tested by: tests/cases/inputs/run (Parquet)
#include "feed/source.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/error.hpp"
#include "feed/formats.hpp"
#include "feed/inflate.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kPeekedBytes = 8;
constexpr std::size_t kFormatHeadBytes = 4096;  // as feed/line_format.hpp promises

/// Names a file of another kind, such as people keep beside their quotes. \throws Error (input)
void refuse_foreign(const std::string& name, std::string_view head) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> known = {{
      {{"\x89HDF", 4}, "an HDF5 file"},
      {{"PAR1", 4}, "a Parquet file"},
      {{"PK\x03\x04", 4}, "a ZIP archive"},
      {{"BZh", 3}, "a bzip2 file"},
      {{"\xFD"
        "7zXZ",
        5},
       "an xz file"},
      {{"sorsweep", 8}, "a file of a store or of a run"},
      {{"\x1f\x8b", 2}, "compressed twice"},
  }};
  for (const auto& [magic, what] : known)
    if (head.starts_with(magic))
      throw Error(Exit::input, fmt::format("{} is {}", name, what), "convert reads CSV and DBN, plain, .gz or .zst",
                  "unpack it, or write it as CSV");
}

}  // namespace

std::unique_ptr<Source> open_source(const std::string& path) {
  const std::string name = path == "-" ? "standard input" : path;
  auto file = std::make_unique<FileStream>(path);
  const auto& raw = *file;
  auto packed = std::make_unique<PeekedStream>(std::move(file));
  const auto packing = packing_of(packed->peek(kPeekedBytes));
  auto stream = std::make_unique<PeekedStream>(inflate(packing, name, std::move(packed)));
  const std::string head(stream->peek(kPeekedBytes));
  if (head.starts_with("DBN")) return open_dbn(name, std::move(stream), raw);
  for (const auto& format : line_formats())
    if (format.recognise(stream->peek(kFormatHeadBytes))) return open_lines(name, format, std::move(stream), raw);
  refuse_foreign(name, head);
  return open_csv(name, std::move(stream), raw);
}

}  // namespace sorsweep
