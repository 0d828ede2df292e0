/// \file
/// What a scheduler (SLURM) allotted to this process. It decides how much is done at a time, never a result.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace sorsweep {

/// The value of an environment variable; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// That of this process.
std::optional<std::string> process_environment(const char* name);

struct Allotment {
  std::optional<int> cpus;
  std::optional<std::uint64_t> memory;  ///< bytes
};

/// CPUs: SLURM_CPUS_PER_TASK, else SLURM_CPUS_ON_NODE. Memory: SLURM_MEM_PER_NODE (MiB), else SLURM_MEM_PER_CPU (MiB) for
/// each of these CPUs. What is absent, 0 or no number is not allotted: SLURM then sets no bound.
Allotment slurm_allotment(const Environment& environment);

}  // namespace sorsweep
