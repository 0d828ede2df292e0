/// \file
/// What a scheduler (SLURM) allotted to this process. It decides how much work is done at a time, never a result.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace sorsweep {

/// Returns the value of an environment variable, and nothing if it is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// Looks a variable up in the environment of this process.
std::optional<std::string> process_environment(const char* name);

/// What the scheduler set a limit on; nothing where it set none.
struct Allotment {
  std::optional<int> cpus;
  std::optional<std::uint64_t> memory;  ///< bytes
};

/// Reads SLURM's variables. CPUs come from SLURM_CPUS_PER_TASK, else from SLURM_CPUS_ON_NODE. Memory comes from
/// SLURM_MEM_PER_NODE (MiB), else from SLURM_MEM_PER_CPU (MiB) times these CPUs. A variable that is absent, 0 or not a
/// number sets no limit.
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
