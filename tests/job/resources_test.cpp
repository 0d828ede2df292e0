#include "job/resources.hpp"

#include "catch_compat.hpp"
#include "core/machine.hpp"

using namespace sorsweep;

namespace {

Config config_of(int threads, std::uint64_t memory, bool is_said = false) {
  Config config;
  config.run.threads = threads;
  config.run.memory = memory;
  config.run.is_threads_said = config.run.is_memory_said = is_said;
  return config;
}

}  // namespace

TEST_CASE("threads and memory: auto takes what was allotted", "[app][resources]") {
  CHECK(threads_for(config_of(0, 0), {3, {}}) == 3);
  CHECK(threads_for(config_of(0, 0), {}) >= 1);
  CHECK(memory_for(config_of(0, 0), {{}, 4'000}) == 3'000);
  CHECK(memory_for(config_of(0, 0), {}) == machine_memory() / 2);
}

TEST_CASE("threads and memory: the config's own are capped by what was allotted", "[app][resources]") {
  CHECK(threads_for(config_of(8, 0), {3, {}}) == 3);
  CHECK(threads_for(config_of(2, 0), {3, {}}) == 2);
  CHECK(threads_for(config_of(8, 0), {}) == 8);
  CHECK(memory_for(config_of(0, 5'000), {{}, 4'000}) == 3'000);
  CHECK(memory_for(config_of(0, 2'000), {{}, 4'000}) == 2'000);
  CHECK(memory_for(config_of(0, 5'000), {}) == 5'000);
}

TEST_CASE("threads and memory: the command line's word is taken as it is", "[app][resources]") {
  CHECK(threads_for(config_of(8, 0, true), {3, {}}) == 8);
  CHECK(memory_for(config_of(0, 5'000, true), {{}, 4'000}) == 5'000);
}
