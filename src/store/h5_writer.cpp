// tested by: tests/store/day_file_test.cpp (Writer)
#include <hdf5_hl.h>

#include <algorithm>
#include <utility>

#include "store/chunk_codec.hpp"
#include "store/h5.hpp"
#include "store/h5_call.hpp"
#include "store/seal.hpp"

namespace sorsweep::h5 {
namespace {

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

/// Makes a dataset with the filters that all our datasets have.
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

}  // namespace

Writer::Writer(int deflate_level, std::size_t expected) : deflate_level_(deflate_level) {
  image_.capacity = expected;
  const std::scoped_lock lock(library());
  make_memory_ready(expected);
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

/// Makes memory ready for chunks that are written next. The image may have to move when it grows.
template <class Chunks>
void Writer::make_room(const Chunks& chunks) {
  for (const auto& chunk : chunks) written_ += chunk.size();
  make_memory_ready(written_);
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
  make_room(chunks);
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
void Writer::array(const std::string& name, const ArrayLayout& layout, const std::string& unit, std::size_t at_a_time,
                   const EncodeChunks& encode) {
  const auto with_set = [&](auto&& use) {
    const std::scoped_lock lock(library());
    const Handle set(H5Lexists(file_, name.c_str(), H5P_DEFAULT) > 0
                         ? open_set(file_, name)
                         : make_set(file_, name, file_type<T>(), extents(layout.shape()), extents(layout.chunk_shape()),
                                    deflate_level_),
                     H5Dclose);
    use(set);
  };
  for (std::size_t first = 0; first < layout.chunks(); first += at_a_time) {
    const auto chunks = encode(first, std::min(layout.chunks(), first + at_a_time));
    with_set([&](hid_t set) {
      make_room(chunks);
      for (std::size_t i = 0; i < chunks.size(); ++i) {
        const auto origin = extents(layout.origin(first + i));
        checked(H5Dwrite_chunk(set, H5P_DEFAULT, 0, origin.data(), chunks[i].size(), chunks[i].data()),
                "write a chunk");
      }
    });
  }
  with_set([&](hid_t set) { write_text_attribute(set, "unit", unit); });
}

template void Writer::array<std::int64_t>(const std::string&, const ArrayLayout&, const std::string&, std::size_t,
                                          const EncodeChunks&);
template void Writer::array<double>(const std::string&, const ArrayLayout&, const std::string&, std::size_t,
                                    const EncodeChunks&);

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

void Writer::write_sealed(NewFile& file) {
  {
    const std::scoped_lock lock(library());
    make_memory_ready(written_);
    checked(H5Fclose(std::exchange(file_, -1)), "close a file");
  }
  const std::string_view image(image_.memory.get(), image_.size);
  seal_block(image).copy(image_.memory.get(), kSealBytes);
  file.write(image);
}

}  // namespace sorsweep::h5
