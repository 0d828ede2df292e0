/// \file
/// Threads and memory of a sweep: the command line's word, else the config's within what a scheduler allotted, else that.
#pragma once

#include <cstdint>

#include "config/config.hpp"
#include "core/allotment.hpp"

namespace sorsweep {

/// At least 1.
int threads_for(const Config& config, const Allotment& allotment);

/// Bytes. A budget, not a hard limit: so three quarters of what is allotted, for SLURM kills what takes more than all.
std::uint64_t memory_for(const Config& config, const Allotment& allotment);

}  // namespace sorsweep
