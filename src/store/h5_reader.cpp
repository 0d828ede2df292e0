// tested by: tests/store/day_file_test.cpp (Reader)
#include <fmt/format.h>

#include <new>
#include <string_view>
#include <utility>

#include "store/chunk_codec.hpp"
#include "store/h5.hpp"
#include "store/h5_call.hpp"
#include "store/seal.hpp"

namespace sorsweep::h5 {
namespace fs = std::filesystem;
namespace {

/// HDF5 copies a file when it is handed over, and again when it is opened.
constexpr std::size_t kCopies = 3;

/// Refuses a file because of the call that failed last. \throws std::bad_alloc if it failed for lack of memory, which
/// says nothing about the file; otherwise as refuse_damaged does
[[noreturn]] void refuse(const fs::path& path, std::string_view what) {
  if (was_refused_memory()) throw std::bad_alloc();
  refuse_damaged(path, what);
}

/// Refuses links, because HDF5 would follow one to any other file.
void refuse_link(hid_t file, const std::string& name, const fs::path& path) {
  H5L_info_t link{};
  if (H5Lget_info(file, name.c_str(), &link, H5P_DEFAULT) >= 0 && link.type != H5L_TYPE_HARD)
    refuse(path, fmt::format("the column {} is a link", name));
}

/// Refuses virtual and external columns, because their data lie in other files.
void refuse_foreign_layout(hid_t set, const std::string& name, const fs::path& path) {
  const Handle creation(H5Dget_create_plist(set), H5Pclose);
  if (creation < 0 || H5Pget_layout(creation) != H5D_CHUNKED)
    refuse(path, fmt::format("the column {} is not in chunks", name));
}

}  // namespace

Reader::Reader(const fs::path& path) : path_(path) {
  auto image = read_sealed(path, seal_);
  file_bytes_ = image.size();
  const std::scoped_lock lock(library());
  make_memory_ready(kCopies * image.size());
  file_ = open_image(image);
  if (file_ < 0) refuse(path, "HDF5 cannot open it");
}

Reader::~Reader() {
  const std::scoped_lock lock(library());
  H5Fclose(file_);
}

/// Whether a column can have so many rows. Deflate packs at most 1,032 bytes into one, and what claims more is refused
/// before memory is taken for it.
bool Reader::can_hold(std::uint64_t rows, std::size_t element_size) const {
  return rows / 2048 <= file_bytes_ / element_size + 1;
}

std::size_t Reader::rows_of(Id set, std::size_t element_size, const std::string& name) const {
  const Handle space(H5Dget_space(set), H5Sclose);
  hsize_t rows = 0;
  if (H5Sget_simple_extent_ndims(space) != 1 || H5Sget_simple_extent_dims(space, &rows, nullptr) != 1)
    refuse(path_, fmt::format("the column {} is not one-dimensional", name));
  if (!can_hold(rows, element_size))
    refuse(path_, fmt::format("the column {} claims more rows than the file can hold", name));
  return rows;
}

std::vector<std::string> Reader::raw_chunks(Id set, std::size_t rows, const std::string& name) const {
  std::vector<std::string> chunks;
  const auto step = chunk_rows(rows);
  for (hsize_t first = 0; first < rows; first += step) {
    hsize_t bytes = 0;
    std::uint32_t skipped_filters = 0;
    const bool found = H5Dget_chunk_storage_size(set, &first, &bytes) >= 0 && bytes > 0 && bytes <= file_bytes_;
    std::string chunk(found ? bytes : 0, '\0');
    if (!found) refuse_damaged(path_, fmt::format("the column {} cannot be read", name));
    if (H5Dread_chunk(set, H5P_DEFAULT, &first, &skipped_filters, chunk.data()) < 0 || skipped_filters != 0)
      refuse(path_, fmt::format("the column {} cannot be read", name));
    chunks.push_back(std::move(chunk));
  }
  return chunks;
}

template <Element T>
std::vector<T> Reader::column(const std::string& name) const {
  std::vector<std::string> chunks;
  std::size_t rows = 0;
  {
    const std::scoped_lock lock(library());
    make_memory_ready(0);
    refuse_link(file_, name, path_);
    const Handle set(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (set < 0) refuse(path_, fmt::format("it has no column {}", name));
    refuse_foreign_layout(set, name, path_);
    rows = rows_of(set, sizeof(T), name);
    // Shape and filters need no check, which would take a third of the time: other chunks do not decode.
    if (const Handle type(H5Dget_type(set), H5Tclose); H5Tequal(type, file_type<T>()) <= 0)
      refuse(path_, fmt::format("the column {} has the wrong type", name));
    chunks = raw_chunks(set, rows, name);
  }
  const auto step = chunk_rows(rows);
  std::vector<T> values(chunks.size() * step);
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const auto part = std::as_writable_bytes(std::span(values).subspan(i * step, step));
    if (!chunk::decode(chunks[i], sizeof(T), part))
      refuse_damaged(path_, fmt::format("the column {} cannot be read", name));
    chunks[i] = {};
  }
  values.resize(rows);
  return values;
}

template std::vector<std::int64_t> Reader::column(const std::string&) const;
template std::vector<std::uint32_t> Reader::column(const std::string&) const;
template std::vector<std::uint8_t> Reader::column(const std::string&) const;
template std::vector<char> Reader::column(const std::string&) const;
template std::vector<double> Reader::column(const std::string&) const;

Id Reader::attribute_id(const std::string& name) const {
  const hid_t id = H5Aopen(file_, name.c_str(), H5P_DEFAULT);
  if (id < 0) refuse(path_, fmt::format("it has no attribute {}", name));
  if (const Handle space(H5Aget_space(id), H5Sclose); H5Sget_simple_extent_npoints(space) == 1) return id;
  H5Aclose(id);  // HDF5 would write all of its values into the room for one
  refuse(path_, fmt::format("the attribute {} is not one value", name));
}

std::string Reader::text(const std::string& name) const {
  const std::scoped_lock lock(library());
  const Handle attribute(attribute_id(name), H5Aclose);
  const Handle type(H5Aget_type(attribute), H5Tclose);
  const auto size = H5Tget_size(type);
  std::string value(size <= file_bytes_ ? size : 0, '\0');
  if (value.empty() || H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 ||
      H5Aread(attribute, type, value.data()) < 0)
    refuse(path_, fmt::format("the attribute {} is not a text", name));
  value.erase(value.find_last_not_of('\0') + 1);
  return value;
}

std::int64_t Reader::number(const std::string& name) const {
  const std::scoped_lock lock(library());
  const Handle attribute(attribute_id(name), H5Aclose);
  std::int64_t value = 0;
  if (H5Aread(attribute, H5T_NATIVE_INT64, &value) < 0)
    refuse(path_, fmt::format("the attribute {} is not a number", name));
  return value;
}

std::size_t Reader::row_count(const std::string& name) const {
  const auto rows = number(name);
  if (rows < 0 || !can_hold(static_cast<std::uint64_t>(rows), 1))
    refuse(path_, fmt::format("the attribute {} is {}, which the file cannot hold", name, rows));
  return static_cast<std::size_t>(rows);
}

std::string library_version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  return H5get_libversion(&major, &minor, &release) < 0 ? "unknown" : fmt::format("{}.{}.{}", major, minor, release);
}

}  // namespace sorsweep::h5
