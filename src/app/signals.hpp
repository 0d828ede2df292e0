/// \file
/// SIGTERM and SIGINT ask a sweep to stop in order; the second one ends it at once.
#pragma once

#include <atomic>

namespace sorsweep {

/// Installs the handlers and returns the flag that they set.
const std::atomic<bool>& stop_on_signals();

}  // namespace sorsweep
