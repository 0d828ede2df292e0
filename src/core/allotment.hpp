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

/// Number of threads that a process uses, at least 1.
/// \param configured what the config asks for: at most what is allotted; 0: all that is allotted, else one per core
/// \param said       what the command line asks for: it is taken as it is
int choose_threads(int configured, const std::optional<int>& said, const Allotment& allotment);

/// Memory budget of a process in bytes. Of an allotment three quarters are used, because a budget is not a hard limit and
/// SLURM kills a process that exceeds its allotment.
/// \param configured what the config asks for: at most what is usable; 0: all that is usable, else half of the machine's
/// \param said       what the command line asks for: it is taken as it is
std::uint64_t choose_memory(std::uint64_t configured, const std::optional<std::uint64_t>& said,
                            const Allotment& allotment);

}  // namespace sorsweep
