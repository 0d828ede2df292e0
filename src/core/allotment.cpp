#include "core/allotment.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <thread>

#include "core/machine.hpp"

namespace sorsweep {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

/// Returns a variable that is a whole number from 1 to `most`, and nothing otherwise.
std::optional<std::uint64_t> count_of(const Environment& environment, const char* name, std::uint64_t most) {
  const auto text = environment(name);
  if (!text) return std::nullopt;
  std::uint64_t count = 0;
  const auto* const end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, count);
  if (error != std::errc() || rest != end || count == 0 || count > most) return std::nullopt;
  return count;
}

/// Returns three quarters. The order of the factors keeps the product within 64 bits.
std::uint64_t three_quarters(std::uint64_t bytes) {
  return bytes / 4 * 3 + bytes % 4 * 3 / 4;
}

int cores() {
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace

std::optional<std::string> process_environment(const char* name) {
  const char* const value = std::getenv(name);
  return value ? std::optional<std::string>(value) : std::nullopt;
}

Allotment slurm_allotment(const Environment& environment) {
  constexpr std::uint64_t most_cpus = std::numeric_limits<int>::max();
  constexpr std::uint64_t most_mib = std::numeric_limits<std::uint64_t>::max() / kMiB;
  auto cpus = count_of(environment, "SLURM_CPUS_PER_TASK", most_cpus);
  if (!cpus) cpus = count_of(environment, "SLURM_CPUS_ON_NODE", most_cpus);
  Allotment allotment;
  if (cpus) allotment.cpus = static_cast<int>(*cpus);
  if (const auto of_node = count_of(environment, "SLURM_MEM_PER_NODE", most_mib)) {
    allotment.memory = *of_node * kMiB;
  } else if (cpus) {
    const auto of_cpu = count_of(environment, "SLURM_MEM_PER_CPU", most_mib / *cpus);
    if (of_cpu) allotment.memory = *of_cpu * *cpus * kMiB;
  }
  return allotment;
}

int choose_threads(int configured, const std::optional<int>& said, const Allotment& allotment) {
  const int threads = said.value_or(configured);
  if (threads == 0) return allotment.cpus.value_or(cores());
  if (said || !allotment.cpus) return threads;
  return std::min(threads, *allotment.cpus);
}

std::uint64_t choose_memory(std::uint64_t configured, const std::optional<std::uint64_t>& said,
                            const Allotment& allotment) {
  const auto memory = said.value_or(configured);
  if (memory == 0) return allotment.memory ? three_quarters(*allotment.memory) : machine_memory() / 2;
  if (said || !allotment.memory) return memory;
  return std::min(memory, three_quarters(*allotment.memory));
}

}  // namespace sorsweep
