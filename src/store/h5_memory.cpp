// tested by: tests/python/refused_memory_test.py (make_memory_ready)
#include "store/h5_memory.hpp"

#include <hdf5.h>

#include <cstdlib>
#include <new>

namespace sorsweep::h5 {
namespace {

/// More than HDF5 takes for the metadata cache, the lists and the properties of an open file.
constexpr std::size_t kCaches = std::size_t{4} << 20;

herr_t note_refusal(unsigned, const H5E_error2_t* error, void* found) {
  if (error->maj_num == H5E_RESOURCE && (error->min_num == H5E_NOSPACE || error->min_num == H5E_CANTALLOC))
    *static_cast<bool*>(found) = true;
  return 0;
}

}  // namespace

void make_memory_ready(std::size_t bytes) {
  // A block that is freed stays with the arena of this thread, because the program keeps freed memory.
  void* const block = std::malloc(bytes + kCaches);
  if (!block) throw std::bad_alloc();
  std::free(block);
}

bool was_refused_memory() {
  bool found = false;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_refusal, &found);
  return found;
}

}  // namespace sorsweep::h5
