/// \file
/// What happens if HDF5 is refused memory. Some of its calls then crash instead of failing (H5Fopen of 1.10 does), so
/// memory is made ready before they begin.
#pragma once

#include <cstddef>

namespace sorsweep::h5 {

/// Makes sure that malloc has memory for the calls that follow on this thread: the given bytes, and what HDF5 takes for
/// its caches. \throws std::bad_alloc if it has not
void make_memory_ready(std::size_t bytes);

/// Whether the last call on this thread failed because it was refused memory. Ask before the next call.
bool was_refused_memory();

}  // namespace sorsweep::h5
