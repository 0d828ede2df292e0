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
  std::optional<std::uint64_t> memory;  ///< Bytes.
};

/// Reads SLURM's variables. CPUs come from SLURM_CPUS_PER_TASK, else from SLURM_CPUS_ON_NODE. Memory comes from
/// SLURM_MEM_PER_NODE (MiB), else from SLURM_MEM_PER_CPU (MiB) times these CPUs. A variable that is absent, 0 or not a
/// number sets no limit.
Allotment slurm_allotment(const Environment& environment);

/// Returns the number of threads that a process uses, at least 1.
/// \param configured is what the config asks for, limited to the allotment; 0 means the allotment, else one per core
/// \param said       is what the command line asks for; it is taken as it is
int choose_threads(int configured, const std::optional<int>& said, const Allotment& allotment);

/// Returns the memory budget of a process in bytes. It uses three quarters of an allotment, because a budget is not a
/// hard limit and SLURM kills a process that exceeds its allotment.
/// \param configured is what the config asks for, limited to what is usable; 0 means that, else half of the machine's
/// memory
/// \param said       is what the command line asks for; it is taken as it is
std::uint64_t choose_memory(std::uint64_t configured, const std::optional<std::uint64_t>& said,
                            const Allotment& allotment);

}  // namespace sorsweep
