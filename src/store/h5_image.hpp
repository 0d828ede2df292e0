/// \file
/// HDF5 files that live in memory. Files are read from bytes that were checked before, and written to bytes that are
/// sealed afterwards. Call these functions under the lock of h5_call.hpp.
#pragma once

#include <hdf5.h>

#include <string>

#include "store/h5.hpp"

namespace sorsweep::h5 {

/// Returns a new name for a file in memory. HDF5 tells such files apart only by their names.
std::string image_name();

/// Makes the access properties of a file in memory, which the caller closes. \throws Error (internal) if HDF5 fails
hid_t memory_access();

/// Opens the bytes of a file for reading. \return an identifier; below 0 if HDF5 cannot open them
hid_t open_image(std::string& image);

/// Makes HDF5 hand over the bytes of a file in memory when the file is closed. \param receiver must outlive the file
void hand_over_on_close(hid_t access, Image& receiver);

}  // namespace sorsweep::h5
