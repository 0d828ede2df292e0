#include "job/resources.hpp"

#include <algorithm>
#include <thread>

#include "core/machine.hpp"

namespace sorsweep {
namespace {

/// Three quarters; the order of the factors cannot overflow.
std::uint64_t usable(std::uint64_t allotted) {
  return allotted / 4 * 3 + allotted % 4 * 3 / 4;
}

int cores() {
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace

int threads_for(const Config& config, const Allotment& allotment) {
  const auto& run = config.run;
  if (run.threads == 0) return allotment.cpus.value_or(cores());
  if (run.is_threads_said || !allotment.cpus) return run.threads;
  return std::min(run.threads, *allotment.cpus);
}

std::uint64_t memory_for(const Config& config, const Allotment& allotment) {
  const auto& run = config.run;
  if (run.memory == 0) return allotment.memory ? usable(*allotment.memory) : machine_memory() / 2;
  if (run.is_memory_said || !allotment.memory) return run.memory;
  return std::min(run.memory, usable(*allotment.memory));
}

}  // namespace sorsweep
