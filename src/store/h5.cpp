#include "store/h5.hpp"

#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <utility>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/hash.hpp"
#include "store/chunk_codec.hpp"
#include "store/seal.hpp"

namespace sorsweep::h5 {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kImageStep = 1 << 20;

/// One call into HDF5 at a time: not every build of the library is safe for threads.
std::mutex& library() {
  static std::mutex mutex;
  return mutex;
}

/// An HDF5 identifier that closes itself. A call that failed leaves no handle behind: see `checked`.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle(hid_t id, Close close) : id_(id), close_(close) {}
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  operator hid_t() const { return id_; }

 private:
  hid_t id_;
  Close close_;
};

/// Our messages say what was being done; HDF5's own stack dump on stderr helps nobody.
void silence_hdf5() {
  [[maybe_unused]] static const herr_t done = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

/// The status or identifier of an HDF5 call that only fails for want of memory or by our own mistake.
template <class Status>
Status checked(Status status, const char* what) {
  if (status < 0) throw Error(Exit::internal, fmt::format("HDF5 failed to {}", what));
  return status;
}

template <class T>
hid_t file_type() {
  if constexpr (std::same_as<T, std::int64_t>) return H5T_STD_I64LE;
  if constexpr (std::same_as<T, std::uint32_t>) return H5T_STD_U32LE;
  if constexpr (std::same_as<T, std::uint8_t> || std::same_as<T, char>) return H5T_STD_U8LE;
  if constexpr (std::same_as<T, double>) return H5T_IEEE_F64LE;
}

void write_attribute(hid_t object, const std::string& name, hid_t stored_type, hid_t type, const void* value) {
  const Handle space(checked(H5Screate(H5S_SCALAR), "make a scalar"), H5Sclose);
  const Handle attribute(
      checked(H5Acreate2(object, name.c_str(), stored_type, space, H5P_DEFAULT, H5P_DEFAULT), "make an attribute"),
      H5Aclose);
  checked(H5Awrite(attribute, type, value), "write an attribute");
}

void write_text_attribute(hid_t object, const std::string& name, const std::string& text) {
  const Handle type(checked(H5Tcopy(H5T_C_S1), "make a text type"), H5Tclose);
  checked(H5Tset_size(type, std::max<std::size_t>(1, text.size())), "size a text type");
  checked(H5Tset_strpad(type, H5T_STR_NULLPAD), "pad a text type");
  checked(H5Tset_cset(type, H5T_CSET_UTF8), "encode a text type");
  const std::string value = text.empty() ? std::string(1, '\0') : text;
  write_attribute(object, name, type, type, value.data());
}

/// A dataset with the filters that all of ours have.
hid_t make_set(hid_t file, const std::string& name, hid_t type, std::span<const hsize_t> extent,
               std::span<const hsize_t> chunk, int deflate_level) {
  const auto dimensions = static_cast<int>(extent.size());
  const Handle space(checked(H5Screate_simple(dimensions, extent.data(), nullptr), "make a shape"), H5Sclose);
  const Handle creation(checked(H5Pcreate(H5P_DATASET_CREATE), "make column properties"), H5Pclose);
  checked(H5Pset_obj_track_times(creation, false), "keep times out");
  checked(H5Pset_chunk(creation, dimensions, chunk.data()), "cut chunks");
  checked(H5Pset_shuffle(creation), "shuffle");
  checked(H5Pset_deflate(creation, static_cast<unsigned>(deflate_level)), "deflate");
  checked(H5Pset_fletcher32(creation), "add checksums");
  return checked(H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, creation, H5P_DEFAULT), "make a column");
}

hid_t open_set(hid_t file, const std::string& name) {
  return checked(H5Dopen2(file, name.c_str(), H5P_DEFAULT), "open a column");
}

std::vector<hsize_t> extents(const std::vector<std::size_t>& lengths) {
  return {lengths.begin(), lengths.end()};
}

/// A file that lives in memory. HDF5 tells such files apart by name only: so each gets its own.
std::string image_name() {
  static std::atomic<std::uint64_t> count{0};
  return fmt::format("sorsweep-image-{}", count++);
}

hid_t memory_access() {
  const hid_t access = checked(H5Pcreate(H5P_FILE_ACCESS), "make access properties");
  checked(H5Pset_fapl_core(access, kImageStep, false), "keep a file in memory");
  checked(H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110), "choose a format");
  return access;
}

hid_t open_image(std::string& image) {
  const Handle access(memory_access(), H5Pclose);
  checked(H5Pset_file_image(access, image.data(), image.size()), "take a file image");
  return H5Fopen(image_name().c_str(), H5F_ACC_RDONLY, access);
}

/// Has HDF5 hand over the bytes of a file in memory when it is closed. (H5Fget_file_image of 1.10 would spare this, but
/// it clears a flag in the superblock of an open file and leaves the checksum as it was.)
void* image_malloc(std::size_t size, H5FD_file_image_op_t, void*) {
  return std::malloc(size);
}
void* image_memcpy(void* to, const void* from, std::size_t size, H5FD_file_image_op_t, void*) {
  return std::memcpy(to, from, size);
}
void* image_realloc(void* memory, std::size_t size, H5FD_file_image_op_t, void*) {
  return std::realloc(memory, size);
}
herr_t image_free(void* memory, H5FD_file_image_op_t operation, void* receiver) {
  if (operation != H5FD_FILE_IMAGE_OP_FILE_CLOSE) {
    std::free(memory);
    return 0;
  }
  constexpr std::size_t eof_address = kSealBytes + 28;  // of a superblock of version 2 or 3
  std::uint64_t size = 0;
  std::memcpy(&size, static_cast<const char*>(memory) + eof_address, sizeof size);
  auto& image = *static_cast<Image*>(receiver);
  image.memory.reset(static_cast<char*>(memory));
  image.size = size;
  return 0;
}
void* same_receiver(void* receiver) {
  return receiver;
}
herr_t keep_receiver(void*) {
  return 0;
}

void hand_over_on_close(hid_t access, Image& receiver) {
  H5FD_file_image_callbacks_t callbacks = {image_malloc,  image_memcpy,  image_realloc, image_free,
                                           same_receiver, keep_receiver, &receiver};
  checked(H5Pset_file_image_callbacks(access, &callbacks), "watch a file image");
}

}  // namespace

Writer::Writer(const fs::path& path, int deflate_level) : path_(path), deflate_level_(deflate_level) {
  const std::scoped_lock lock(library());
  silence_hdf5();
  const Handle creation(checked(H5Pcreate(H5P_FILE_CREATE), "make file properties"), H5Pclose);
  checked(H5Pset_userblock(creation, kSealBytes), "leave room for a seal");
  checked(H5Pset_obj_track_times(creation, false), "keep times out");
  const Handle access(memory_access(), H5Pclose);
  hand_over_on_close(access, image_);
  file_ = checked(H5Fcreate(image_name().c_str(), H5F_ACC_TRUNC, creation, access), "make a file");
}

Writer::~Writer() {
  const std::scoped_lock lock(library());
  if (file_ >= 0) H5Fclose(file_);
}

template <Element T>
void Writer::column(const std::string& name, std::span<const T> values, const std::string& unit) {
  const auto step = chunk_rows(values.size());
  std::vector<std::string> chunks;
  std::vector<T> padded;
  for (std::size_t first = 0; first < values.size(); first += step) {
    auto part = values.subspan(first, std::min(step, values.size() - first));
    if (part.size() < step) {
      padded.assign(part.begin(), part.end());
      padded.resize(step);
      part = padded;
    }
    chunks.push_back(chunk::encode(std::as_bytes(part), sizeof(T), deflate_level_));
  }
  const std::vector<std::string_view> views(chunks.begin(), chunks.end());
  write_chunks<T>(name, values.size(), views, unit, "");
}

template <Element T>
void Writer::encoded_column(const std::string& name, std::size_t rows, std::span<const std::string_view> chunks,
                            const std::string& unit, const std::string& hash) {
  write_chunks<T>(name, rows, chunks, unit, hash);
}

template <Element T>
void Writer::write_chunks(const std::string& name, std::size_t rows, std::span<const std::string_view> chunks,
                          const std::string& unit, const std::string& hash) {
  const std::scoped_lock lock(library());
  const hsize_t extent = rows;
  const hsize_t chunk = chunk_rows(rows);
  const Handle set(make_set(file_, name, file_type<T>(), {&extent, 1}, {&chunk, 1}, deflate_level_), H5Dclose);
  for (hsize_t i = 0; i < chunks.size(); ++i) {
    const hsize_t first = i * chunk;
    checked(H5Dwrite_chunk(set, H5P_DEFAULT, 0, &first, chunks[i].size(), chunks[i].data()), "write a chunk");
  }
  write_text_attribute(set, "unit", unit);
  if (!hash.empty()) write_text_attribute(set, "xxh3_128", hash);
}

template void Writer::column(const std::string&, std::span<const std::int64_t>, const std::string&);
template void Writer::column(const std::string&, std::span<const std::uint32_t>, const std::string&);
template void Writer::column(const std::string&, std::span<const std::uint8_t>, const std::string&);
template void Writer::column(const std::string&, std::span<const char>, const std::string&);
template void Writer::column(const std::string&, std::span<const double>, const std::string&);

using Views = std::span<const std::string_view>;
template void Writer::encoded_column<std::int64_t>(const std::string&, std::size_t, Views, const std::string&,
                                                   const std::string&);
template void Writer::encoded_column<std::uint32_t>(const std::string&, std::size_t, Views, const std::string&,
                                                    const std::string&);
template void Writer::encoded_column<std::uint8_t>(const std::string&, std::size_t, Views, const std::string&,
                                                   const std::string&);
template void Writer::encoded_column<char>(const std::string&, std::size_t, Views, const std::string&,
                                           const std::string&);

template <Element T>
void Writer::array(const std::string& name, const ArrayLayout& layout, const std::string& unit,
                   const EncodeChunks& encode) {
  constexpr std::size_t chunks_at_a_time = 32;  // work for many threads, 16 MiB before they are encoded
  const auto with_set = [&](auto&& use) {
    const std::scoped_lock lock(library());
    const Handle set(H5Lexists(file_, name.c_str(), H5P_DEFAULT) > 0
                         ? open_set(file_, name)
                         : make_set(file_, name, file_type<T>(), extents(layout.shape()), extents(layout.chunk_shape()),
                                    deflate_level_),
                     H5Dclose);
    use(set);
  };
  for (std::size_t first = 0; first < layout.chunks(); first += chunks_at_a_time) {
    const auto chunks = encode(first, std::min(layout.chunks(), first + chunks_at_a_time));
    with_set([&](hid_t set) {
      for (std::size_t i = 0; i < chunks.size(); ++i) {
        const auto origin = extents(layout.origin(first + i));
        checked(H5Dwrite_chunk(set, H5P_DEFAULT, 0, origin.data(), chunks[i].size(), chunks[i].data()),
                "write a chunk");
      }
    });
  }
  with_set([&](hid_t set) { write_text_attribute(set, "unit", unit); });
}

template void Writer::array<std::int64_t>(const std::string&, const ArrayLayout&, const std::string&,
                                          const EncodeChunks&);
template void Writer::array<double>(const std::string&, const ArrayLayout&, const std::string&, const EncodeChunks&);

void Writer::group(const std::string& name) {
  const std::scoped_lock lock(library());
  const Handle creation(checked(H5Pcreate(H5P_GROUP_CREATE), "make group properties"), H5Pclose);
  checked(H5Pset_obj_track_times(creation, false), "keep times out");
  const Handle group(checked(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), "make a group"),
                     H5Gclose);
}

void Writer::make_scale(const std::string& column, const std::string& scale_name) {
  const std::scoped_lock lock(library());
  const Handle set(open_set(file_, column), H5Dclose);
  checked(H5DSset_scale(set, scale_name.c_str()), "make a dimension scale");
}

void Writer::attach_scale(const std::string& array, std::size_t dimension, const std::string& column) {
  const std::scoped_lock lock(library());
  const Handle set(open_set(file_, array), H5Dclose);
  const Handle scale(open_set(file_, column), H5Dclose);
  checked(H5DSattach_scale(set, scale, static_cast<unsigned>(dimension)), "attach a dimension scale");
}

void Writer::attribute(const std::string& name, const std::string& text) {
  const std::scoped_lock lock(library());
  write_text_attribute(file_, name, text);
}

void Writer::attribute(const std::string& name, std::int64_t number) {
  const std::scoped_lock lock(library());
  write_attribute(file_, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &number);
}

void Writer::write_sealed() {
  {
    const std::scoped_lock lock(library());
    checked(H5Fclose(std::exchange(file_, -1)), "close a file");
  }
  const std::string_view image(image_.memory.get(), image_.size);
  seal_block(image).copy(image_.memory.get(), kSealBytes);
  write_text(path_, image);
}

namespace {

/// Only what is in the file itself is read: HDF5 would follow a link to any other file.
void refuse_link(hid_t file, const std::string& name, const fs::path& path) {
  H5L_info_t link{};
  if (H5Lget_info(file, name.c_str(), &link, H5P_DEFAULT) >= 0 && link.type != H5L_TYPE_HARD)
    refuse_damaged(path, fmt::format("the column {} is a link", name));
}

/// Virtual and external columns lie in other files.
void refuse_foreign_layout(hid_t set, const std::string& name, const fs::path& path) {
  const Handle creation(H5Dget_create_plist(set), H5Pclose);
  if (creation < 0 || H5Pget_layout(creation) != H5D_CHUNKED)
    refuse_damaged(path, fmt::format("the column {} is not in chunks", name));
}

}  // namespace

Reader::Reader(const fs::path& path) : path_(path) {
  auto image = read_sealed(path, seal_);
  file_bytes_ = image.size();
  const std::scoped_lock lock(library());
  silence_hdf5();
  file_ = open_image(image);
  if (file_ < 0) refuse_damaged(path, "HDF5 cannot open it");
}

Reader::~Reader() {
  const std::scoped_lock lock(library());
  H5Fclose(file_);
}

std::size_t Reader::rows_of(Id set, std::size_t element_size, const std::string& name) const {
  const Handle space(H5Dget_space(set), H5Sclose);
  hsize_t rows = 0;
  if (H5Sget_simple_extent_ndims(space) != 1 || H5Sget_simple_extent_dims(space, &rows, nullptr) != 1)
    refuse_damaged(path_, fmt::format("the column {} is not one-dimensional", name));
  // Deflate makes at most 1 byte of 1032: a claim beyond that is refused before memory is taken for it.
  if (rows / 2048 > file_bytes_ / element_size + 1)
    refuse_damaged(path_, fmt::format("the column {} claims more rows than the file can hold", name));
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
    if (!found || H5Dread_chunk(set, H5P_DEFAULT, &first, &skipped_filters, chunk.data()) < 0 || skipped_filters != 0)
      refuse_damaged(path_, fmt::format("the column {} cannot be read", name));
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
    refuse_link(file_, name, path_);
    const Handle set(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (set < 0) refuse_damaged(path_, fmt::format("it has no column {}", name));
    refuse_foreign_layout(set, name, path_);
    rows = rows_of(set, sizeof(T), name);
    // Chunks of another shape or other filters do not decode: asking HDF5 for them would take a third of the time.
    if (const Handle type(H5Dget_type(set), H5Tclose); H5Tequal(type, file_type<T>()) <= 0)
      refuse_damaged(path_, fmt::format("the column {} is not of the type that it must be of", name));
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
  if (id < 0) refuse_damaged(path_, fmt::format("it has no attribute {}", name));
  if (const Handle space(H5Aget_space(id), H5Sclose); H5Sget_simple_extent_npoints(space) == 1) return id;
  H5Aclose(id);  // HDF5 would write as many values as there are
  refuse_damaged(path_, fmt::format("the attribute {} is not one value", name));
}

std::string Reader::text(const std::string& name) const {
  const std::scoped_lock lock(library());
  const Handle attribute(attribute_id(name), H5Aclose);
  const Handle type(H5Aget_type(attribute), H5Tclose);
  const auto size = H5Tget_size(type);
  std::string value(size <= file_bytes_ ? size : 0, '\0');
  if (value.empty() || H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 ||
      H5Aread(attribute, type, value.data()) < 0)
    refuse_damaged(path_, fmt::format("the attribute {} is no text", name));
  value.erase(value.find_last_not_of('\0') + 1);
  return value;
}

std::int64_t Reader::number(const std::string& name) const {
  const std::scoped_lock lock(library());
  const Handle attribute(attribute_id(name), H5Aclose);
  std::int64_t value = 0;
  if (H5Aread(attribute, H5T_NATIVE_INT64, &value) < 0)
    refuse_damaged(path_, fmt::format("the attribute {} is no number", name));
  return value;
}

std::string library_version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  return H5get_libversion(&major, &minor, &release) < 0 ? "unknown" : fmt::format("{}.{}.{}", major, minor, release);
}

}  // namespace sorsweep::h5
