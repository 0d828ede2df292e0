#include "core/allotment.hpp"

#include <charconv>
#include <cstdlib>
#include <limits>

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

}  // namespace sorsweep
