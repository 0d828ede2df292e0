/// \file
/// Calling HDF5: one at a time, no identifier left open, no status unread. For the h5 files only.
#pragma once

#include <fmt/format.h>
#include <hdf5.h>

#include <concepts>
#include <cstdint>
#include <mutex>

#include "core/error.hpp"

namespace sorsweep::h5 {

/// One call into HDF5 at a time: not every build of the library is safe for threads.
inline std::mutex& library() {
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
inline void silence_hdf5() {
  [[maybe_unused]] static const herr_t done = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

/// The status or identifier of an HDF5 call that only fails for want of memory or by our own mistake.
template <class Status>
Status checked(Status status, const char* what) {
  if (status < 0) throw Error(Exit::internal, fmt::format("HDF5 failed to {}", what));
  return status;
}

/// The type on disk of a column's elements.
template <class T>
hid_t file_type() {
  if constexpr (std::same_as<T, std::int64_t>) return H5T_STD_I64LE;
  if constexpr (std::same_as<T, std::uint32_t>) return H5T_STD_U32LE;
  if constexpr (std::same_as<T, std::uint8_t> || std::same_as<T, char>) return H5T_STD_U8LE;
  if constexpr (std::same_as<T, double>) return H5T_IEEE_F64LE;
}

}  // namespace sorsweep::h5
