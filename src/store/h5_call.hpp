/// \file
/// Helpers for calling HDF5, so that calls come one at a time, no identifier stays open and no status goes unread. Only
/// the h5 files include this.
#pragma once

#include <fmt/format.h>
#include <hdf5.h>

#include <concepts>
#include <cstdint>
#include <mutex>
#include <new>
#include <string>

#include "core/error.hpp"
#include "store/h5.hpp"
#include "store/h5_memory.hpp"

namespace sorsweep::h5 {

/// The lock for calls into HDF5. Not every build of the library is thread-safe, so only one call runs at a time.
class Library {
 public:
  void lock() {
    mutex_.lock();
    silence();
  }
  void unlock() { mutex_.unlock(); }

 private:
  /// Turns off the stack dumps that HDF5 prints on stderr. Our messages say what failed. A thread-safe build, such as
  /// Debian's, has this setting once for every thread.
  static void silence() {
    [[maybe_unused]] thread_local const herr_t done = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }

  std::mutex mutex_;
};

inline Library& library() {
  static Library lock;
  return lock;
}

/// An HDF5 identifier that closes itself. The identifier of a call that failed is below 0, and is not closed.
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

/// Checks the status or identifier of an HDF5 call that can fail only for lack of memory or because of a defect here.
/// \param what completes "HDF5 failed to …". \throws std::bad_alloc, or Error (internal)
template <class Status>
Status checked(Status status, const char* what) {
  if (status < 0 && was_refused_memory()) throw std::bad_alloc();
  if (status < 0) throw Error(Exit::internal, fmt::format("HDF5 failed to {}", what));
  return status;
}

/// Returns the type on disk of a column's elements.
template <class T>
hid_t file_type() {
  if constexpr (std::same_as<T, std::int64_t>) return H5T_STD_I64LE;
  if constexpr (std::same_as<T, std::uint32_t>) return H5T_STD_U32LE;
  if constexpr (std::same_as<T, std::uint8_t> || std::same_as<T, char>) return H5T_STD_U8LE;
  if constexpr (std::same_as<T, double>) return H5T_IEEE_F64LE;
}

// HDF5 files that live in memory (h5_image.cpp). Files are read from bytes that were checked before, and written to
// bytes that are sealed afterwards. Call these functions under the lock of `library`.

/// Returns a new name for a file in memory. HDF5 tells such files apart only by their names, but it looks whether there
/// is a file of that name, and refuses the image if there is. Below a device there can be none.
std::string image_name();

/// Makes the access properties of a file in memory, which the caller closes. \throws Error (internal) if HDF5 fails
hid_t memory_access();

/// Opens the bytes of a file for reading. \return an identifier; below 0 if HDF5 cannot open them
hid_t open_image(std::string& image);

/// Makes HDF5 hand over the bytes of a file in memory when the file is closed. \param receiver must outlive the file
void hand_over_on_close(hid_t access, Image& receiver);

}  // namespace sorsweep::h5
