// tested by: tests/python/hostile/h5_attacks.py (superblock)
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "store/h5_call.hpp"
#include "store/seal.hpp"

namespace sorsweep::h5 {
namespace {

constexpr std::size_t kImageStep = 1 << 20;

// These functions own the memory of a file, and keep it when the file is closed. (H5Fget_file_image would do, but in
// HDF5 1.10 it clears a flag in the superblock of an open file without updating the checksum.)
void* image_malloc(std::size_t size, H5FD_file_image_op_t, void*) {
  return std::malloc(size);
}
void* image_memcpy(void* to, const void* from, std::size_t size, H5FD_file_image_op_t, void*) {
  return std::memcpy(to, from, size);
}
/// HDF5 asks for a step more each time. Within what was set aside the file stays where it is.
void* image_realloc(void* memory, std::size_t size, H5FD_file_image_op_t, void* receiver) {
  auto& capacity = static_cast<Image*>(receiver)->capacity;
  if (memory && size <= capacity) return memory;
  capacity = std::max(size, capacity);
  return std::realloc(memory, capacity);
}
herr_t image_free(void* memory, H5FD_file_image_op_t operation, void* receiver) {
  if (operation != H5FD_FILE_IMAGE_OP_FILE_CLOSE) {
    std::free(memory);
    return 0;
  }
  constexpr std::size_t eof_address = kSealBytes + 28;  // in a superblock of version 2 or 3
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

}  // namespace

std::string image_name() {
  static std::atomic<std::uint64_t> count{0};
  return fmt::format("/dev/null/sorsweep-image-{}", count++);
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

void hand_over_on_close(hid_t access, Image& receiver) {
  H5FD_file_image_callbacks_t callbacks = {image_malloc,  image_memcpy,  image_realloc, image_free,
                                           same_receiver, keep_receiver, &receiver};
  checked(H5Pset_file_image_callbacks(access, &callbacks), "watch a file image");
}

}  // namespace sorsweep::h5
