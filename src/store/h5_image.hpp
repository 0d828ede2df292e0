/// \file
/// HDF5 files that live in memory: read from bytes that were checked before, written into bytes that are sealed after.
/// Call under the lock of h5_call.hpp.
#pragma once

#include <hdf5.h>

#include <string>

#include "store/h5.hpp"

namespace sorsweep::h5 {

/// HDF5 tells files in memory apart by name only: so each gets its own.
std::string image_name();

/// Access properties (the caller closes them) of a file in memory. \throws Error (internal)
hid_t memory_access();

/// Opens the bytes of a file to read. \return below 0 when HDF5 cannot
hid_t open_image(std::string& image);

/// Has HDF5 hand over the bytes of a file in memory when it is closed. \param receiver outlives the file
void hand_over_on_close(hid_t access, Image& receiver);

}  // namespace sorsweep::h5
