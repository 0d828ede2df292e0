#include "store/h5.hpp"

#include <fmt/format.h>
#include <hdf5.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/hash.hpp"

namespace sorsweep::h5 {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kUserBlock = 512;
constexpr std::size_t kHashDigits = 32;
constexpr std::string_view kSealIntro = "sorsweep: XXH3-128 of the bytes from 512 on: ";
constexpr hsize_t kChunkRows = 65536;

/// An HDF5 identifier that closes itself.
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

[[noreturn]] void refuse_write(const fs::path& path, std::string_view what) {
  throw Error(Exit::resources, fmt::format("{} cannot be written", path.string()),
              fmt::format("HDF5 failed to {}", what), "look at room and rights on that disk");
}

[[noreturn]] void refuse_read(const fs::path& path, std::string_view what) {
  throw Error(Exit::integrity, fmt::format("{} is damaged", path.string()), what,
              "make it again: convert with --force, or delete the unit and sweep again");
}

template <class T>
hid_t file_type() {
  if constexpr (std::same_as<T, std::int64_t>) return H5T_STD_I64LE;
  if constexpr (std::same_as<T, std::uint32_t>) return H5T_STD_U32LE;
  if constexpr (std::same_as<T, std::uint8_t> || std::same_as<T, char>) return H5T_STD_U8LE;
  if constexpr (std::same_as<T, double>) return H5T_IEEE_F64LE;
}

template <class T>
hid_t memory_type() {
  if constexpr (std::same_as<T, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::same_as<T, std::uint32_t>) return H5T_NATIVE_UINT32;
  if constexpr (std::same_as<T, std::uint8_t> || std::same_as<T, char>) return H5T_NATIVE_UINT8;
  if constexpr (std::same_as<T, double>) return H5T_NATIVE_DOUBLE;
}

void write_text_attribute(hid_t object, const std::string& name, const std::string& text) {
  const Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type, std::max<std::size_t>(1, text.size()));
  H5Tset_strpad(type, H5T_STR_NULLPAD);
  H5Tset_cset(type, H5T_CSET_UTF8);
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  const Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  const std::string value = text.empty() ? std::string(1, '\0') : text;
  if (attribute < 0 || H5Awrite(attribute, type, value.data()) < 0)
    throw Error(Exit::resources, fmt::format("the attribute {} cannot be written", name));
}

std::string user_block(std::string_view hash) {
  std::string block = fmt::format("{}{}\n", kSealIntro, hash);
  block.resize(kUserBlock, '\0');
  return block;
}

std::span<const std::byte> behind_user_block(const std::string& image) {
  return std::as_bytes(std::span(image)).subspan(kUserBlock);
}

/// The hash that a user block names, or nothing where a single byte of it is not as it must be.
std::string seal_of(std::string_view block) {
  if (block.size() < kUserBlock || !block.starts_with(kSealIntro)) return "";
  const std::string hash(block.substr(kSealIntro.size(), kHashDigits));
  return block.substr(0, kUserBlock) == user_block(hash) ? hash : "";
}

std::string check_image(const fs::path& path, const std::string& image) {
  auto seal = seal_of(image);
  if (seal.empty()) refuse_read(path, "it has no seal, or a broken one");
  if (hash_hex(behind_user_block(image)) != seal) refuse_read(path, "its bytes do not match its seal");
  return seal;
}

/// A file kept in memory, from its bytes.
hid_t open_image(std::string& image) {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_fapl_core(access, 1 << 20, false);
  H5Pset_file_image(access, image.data(), image.size());
  return H5Fopen("image", H5F_ACC_RDONLY, access);
}

}  // namespace

Writer::Writer(const fs::path& path, unsigned deflate_level) : path_(path), deflate_level_(deflate_level) {
  silence_hdf5();
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
  H5Pset_userblock(creation, kUserBlock);
  H5Pset_obj_track_times(creation, false);
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110);
  file_ = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access);
  if (file_ < 0) refuse_write(path, "create it");
}

Writer::~Writer() {
  if (file_ >= 0) H5Fclose(file_);
}

template <Element T>
void Writer::column(const std::string& name, std::span<const T> values, const std::string& unit) {
  const hsize_t rows = values.size();
  const hsize_t chunk = std::clamp<hsize_t>(rows, 1, kChunkRows);
  const Handle space(H5Screate_simple(1, &rows, nullptr), H5Sclose);
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_obj_track_times(creation, false);
  H5Pset_chunk(creation, 1, &chunk);
  H5Pset_shuffle(creation);
  H5Pset_deflate(creation, deflate_level_);
  H5Pset_fletcher32(creation);
  const Handle set(H5Dcreate2(file_, name.c_str(), file_type<T>(), space, H5P_DEFAULT, creation, H5P_DEFAULT),
                   H5Dclose);
  if (set < 0 || H5Dwrite(set, memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
    refuse_write(path_, fmt::format("write the column {}", name));
  write_text_attribute(set, "unit", unit);
}

template void Writer::column(const std::string&, std::span<const std::int64_t>, const std::string&);
template void Writer::column(const std::string&, std::span<const std::uint32_t>, const std::string&);
template void Writer::column(const std::string&, std::span<const std::uint8_t>, const std::string&);
template void Writer::column(const std::string&, std::span<const char>, const std::string&);
template void Writer::column(const std::string&, std::span<const double>, const std::string&);

void Writer::attribute(const std::string& name, const std::string& text) {
  write_text_attribute(file_, name, text);
}

void Writer::attribute(const std::string& name, std::int64_t number) {
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  const Handle attribute(H5Acreate2(file_, name.c_str(), H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose);
  if (attribute < 0 || H5Awrite(attribute, H5T_NATIVE_INT64, &number) < 0)
    refuse_write(path_, fmt::format("write the attribute {}", name));
}

void Writer::seal() {
  if (H5Fclose(std::exchange(file_, -1)) < 0) refuse_write(path_, "close it");
  const auto image = read_file(path_, Exit::resources);
  const auto block = user_block(hash_hex(behind_user_block(image)));
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.write(block.data(), static_cast<std::streamsize>(block.size()));
  file.close();
  if (!file) refuse_write(path_, "seal it");
}

Reader::Reader(const fs::path& path) : path_(path) {
  silence_hdf5();
  auto image = read_file(path, Exit::integrity);
  check_image(path, image);
  file_ = open_image(image);
  if (file_ < 0) refuse_read(path, "HDF5 cannot open it");
}

Reader::~Reader() {
  if (file_ >= 0) H5Fclose(file_);
}

template <Element T>
std::vector<T> Reader::column(const std::string& name) const {
  const Handle set(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
  if (set < 0) refuse_read(path_, fmt::format("it has no column {}", name));
  const Handle space(H5Dget_space(set), H5Sclose);
  hsize_t rows = 0;
  if (H5Sget_simple_extent_ndims(space) != 1 || H5Sget_simple_extent_dims(space, &rows, nullptr) != 1)
    refuse_read(path_, fmt::format("the column {} is not one-dimensional", name));
  std::vector<T> values(rows);
  if (H5Dread(set, memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
    refuse_read(path_, fmt::format("the column {} cannot be read", name));
  return values;
}

template std::vector<std::int64_t> Reader::column(const std::string&) const;
template std::vector<std::uint32_t> Reader::column(const std::string&) const;
template std::vector<std::uint8_t> Reader::column(const std::string&) const;
template std::vector<char> Reader::column(const std::string&) const;
template std::vector<double> Reader::column(const std::string&) const;

Id Reader::attribute_id(const std::string& name) const {
  const hid_t id = H5Aopen(file_, name.c_str(), H5P_DEFAULT);
  if (id < 0) refuse_read(path_, fmt::format("it has no attribute {}", name));
  return id;
}

std::string Reader::text(const std::string& name) const {
  const Handle attribute(attribute_id(name), H5Aclose);
  const Handle type(H5Aget_type(attribute), H5Tclose);
  std::string value(H5Tget_size(type), '\0');
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 ||
      H5Aread(attribute, type, value.data()) < 0)
    refuse_read(path_, fmt::format("the attribute {} is no text", name));
  value.erase(value.find_last_not_of('\0') + 1);
  return value;
}

std::int64_t Reader::number(const std::string& name) const {
  const Handle attribute(attribute_id(name), H5Aclose);
  std::int64_t value = 0;
  if (H5Aread(attribute, H5T_NATIVE_INT64, &value) < 0)
    refuse_read(path_, fmt::format("the attribute {} is no number", name));
  return value;
}

std::string check_seal(const fs::path& path) {
  return check_image(path, read_file(path, Exit::integrity));
}

}  // namespace sorsweep::h5
