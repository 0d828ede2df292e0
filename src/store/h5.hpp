/// \file
/// HDF5 as this program uses it: columns, arrays with their axes, attributes on the root, and sealed files.
///
/// The rest of the program knows the library only by these declarations. h5_writer.cpp, h5_reader.cpp and h5_image.cpp
/// call it, with the help of h5_call.hpp. Every file carries a seal (seal.hpp) in its HDF5 user block.
#pragma once

#include <concepts>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/publication.hpp"
#include "store/array_layout.hpp"

namespace sorsweep::h5 {

using Id = std::int64_t;  ///< hid_t, which is kept out of this header.

/// The types that a column may have.
template <class T>
concept Element = std::same_as<T, std::int64_t> || std::same_as<T, std::uint32_t> || std::same_as<T, std::uint8_t> ||
    std::same_as<T, char> || std::same_as<T, double>;

/// The greatest number of values in a chunk of a column. A shorter column has one chunk.
inline constexpr std::size_t kChunkRows = 65536;
constexpr std::size_t chunk_rows(std::size_t rows) {
  return rows == 0 ? 1 : rows < kChunkRows ? rows : kChunkRows;
}

/// The bytes that HDF5 leaves to us when it closes a file in memory.
struct Image {
  struct Free {
    void operator()(char* owned) const { std::free(owned); }
  };
  std::unique_ptr<char, Free> memory;
  std::size_t size = 0;
  std::size_t capacity = 0;  ///< Bytes that are taken for the file while it grows.
};

/// A new file. Columns are chunked, shuffled, deflated and checksummed (fletcher32). No time stamps are kept, so that
/// equal content gives equal bytes. Nothing is on the disk before `write_sealed`, which comes last. All functions throw
/// Error (internal) if HDF5 fails.
class Writer {
 public:
  /// \param deflate_level 1 (fast) to 9 (small)
  /// \param expected      bytes that are set aside for the file at once. A larger file moves as it grows, and takes up
  ///                      to twice its size.
  explicit Writer(int deflate_level = 4, std::size_t expected = 0);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Writes a column, compressed at the file's level.
  template <Element T>
  void column(const std::string& name, std::span<const T> values, const std::string& unit);

  /// Writes a column of chunks that are encoded already (chunk_codec.hpp). Each has `chunk_rows(rows)` values; the last
  /// one is filled up with zeros. \param hash XXH3-128 of the values, which is kept beside the unit
  template <Element T>
  void encoded_column(const std::string& name, std::size_t rows, std::span<const std::string_view> chunks,
                      const std::string& unit, const std::string& hash);

  /// Encodes the chunks [first, last) of an array. Values of a chunk that lie outside the array must be zeros.
  using EncodeChunks = std::function<std::vector<std::string>(std::size_t first, std::size_t last)>;

  /// Writes an array of several dimensions. `encode` is called for so many chunks at a time, in order.
  template <Element T>
  void array(const std::string& name, const ArrayLayout& layout, const std::string& unit, std::size_t at_a_time,
             const EncodeChunks& encode);

  /// Makes a group. The names of columns and arrays in it begin with "name/".
  void group(const std::string& name);

  /// Makes a column a dimension scale, which is HDF5's convention for the values along an axis. Readers show it by
  /// name.
  void make_scale(const std::string& column, const std::string& scale_name);

  /// Attaches a scale to a dimension of an array.
  void attach_scale(const std::string& array, std::size_t dimension, const std::string& column);

  int deflate_level() const { return deflate_level_; }
  void attribute(const std::string& name, const std::string& text);
  void attribute(const std::string& name, std::int64_t number);

  /// Writes everything into `file`, with its seal. Nothing may be called after this. \throws Error (resources) if the
  /// disk refuses
  void write_sealed(NewFile& file);

 private:
  template <Element T>
  void write_chunks(const std::string& name, std::size_t rows, std::span<const std::string_view> chunks,
                    const std::string& unit, const std::string& hash);

  int deflate_level_;
  template <class Chunks>
  void make_room(const Chunks& chunks);

  Image image_;              ///< The bytes of the file, once it is closed.
  std::size_t written_ = 0;  ///< Bytes of all chunks so far.
  Id file_ = -1;
};

/// A sealed file, which is read whole and checked before HDF5 sees it. What was checked is what is read, even if the
/// file changes on disk meanwhile. All functions throw Error (integrity) if the seal is broken or a name is missing.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& path);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Reads a column. Several threads may read columns at once.
  template <Element T>
  std::vector<T> column(const std::string& name) const;

  // Read an attribute of the root.
  std::string text(const std::string& name) const;
  std::int64_t number(const std::string& name) const;
  /// Reads an attribute that counts rows. One that is below zero, or above what the file can hold, is refused.
  std::size_t row_count(const std::string& name) const;
  const std::string& seal() const { return seal_; }

 private:
  Id attribute_id(const std::string& name) const;
  std::vector<std::string> raw_chunks(Id set, std::size_t rows, const std::string& name) const;
  std::size_t rows_of(Id set, std::size_t element_size, const std::string& name) const;
  bool can_hold(std::uint64_t rows, std::size_t element_size) const;
  std::filesystem::path path_;
  std::string seal_;
  std::size_t file_bytes_ = 0;
  Id file_ = -1;
};

/// Returns the version of HDF5 at run time.
std::string library_version();

}  // namespace sorsweep::h5
