#include "core/allotment.hpp"

#include <map>

#include "catch_compat.hpp"
#include "core/machine.hpp"

using namespace sorsweep;

namespace {

Allotment allotted(const std::map<std::string, std::string>& variables) {
  return slurm_allotment([&](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

constexpr std::uint64_t kMiB = 1 << 20;

}  // namespace

TEST_CASE("CPUs of the task count, else those on the node", "[core][allotment]") {
  CHECK(allotted({{"SLURM_CPUS_PER_TASK", "2"}, {"SLURM_CPUS_ON_NODE", "8"}}).cpus == 2);
  CHECK(allotted({{"SLURM_CPUS_ON_NODE", "8"}}).cpus == 8);
  CHECK(allotted({{"SLURM_CPUS_PER_TASK", "0"}, {"SLURM_CPUS_ON_NODE", "8"}}).cpus == 8);
  CHECK_FALSE(allotted({}).cpus);
}

TEST_CASE("memory of the node counts, else that of each CPU", "[core][allotment]") {
  CHECK(allotted({{"SLURM_MEM_PER_NODE", "1000"}, {"SLURM_MEM_PER_CPU", "7"}, {"SLURM_CPUS_ON_NODE", "2"}}).memory ==
        1000 * kMiB);
  CHECK(allotted({{"SLURM_MEM_PER_CPU", "300"}, {"SLURM_CPUS_PER_TASK", "3"}}).memory == 900 * kMiB);
  CHECK_FALSE(allotted({{"SLURM_MEM_PER_CPU", "300"}}).memory);
  CHECK_FALSE(allotted({{"SLURM_MEM_PER_NODE", "0"}, {"SLURM_CPUS_PER_TASK", "3"}}).memory);  // --mem=0: all of it
}

TEST_CASE("what is no number is not allotted", "[core][allotment]") {
  for (const auto* junk : {"", "x", "2x", "-2", "1.5", " 2", "99999999999999999999"}) {
    CHECK_FALSE(allotted({{"SLURM_CPUS_PER_TASK", junk}}).cpus);
    CHECK_FALSE(allotted({{"SLURM_MEM_PER_NODE", junk}}).memory);
  }
  CHECK_FALSE(allotted({{"SLURM_MEM_PER_CPU", "17592186044415"}, {"SLURM_CPUS_PER_TASK", "2"}}).memory);
}

TEST_CASE("threads and memory: auto takes what was allotted", "[core][allotment]") {
  CHECK(choose_threads(0, {}, {3, {}}) == 3);
  CHECK(choose_threads(0, {}, {}) >= 1);
  CHECK(choose_memory(0, {}, {{}, 4'000}) == 3'000);
  CHECK(choose_memory(0, {}, {}) == machine_memory() / 2);
}

TEST_CASE("threads and memory: the config's own are capped by what was allotted", "[core][allotment]") {
  CHECK(choose_threads(8, {}, {3, {}}) == 3);
  CHECK(choose_threads(2, {}, {3, {}}) == 2);
  CHECK(choose_threads(8, {}, {}) == 8);
  CHECK(choose_memory(5'000, {}, {{}, 4'000}) == 3'000);
  CHECK(choose_memory(2'000, {}, {{}, 4'000}) == 2'000);
  CHECK(choose_memory(5'000, {}, {}) == 5'000);
}

TEST_CASE("threads and memory: the command line's word is taken as it is", "[core][allotment]") {
  CHECK(choose_threads(0, 8, {3, {}}) == 8);
  CHECK(choose_memory(0, 5'000, {{}, 4'000}) == 5'000);
}
