#include "core/split_mix.hpp"

#include "catch_compat.hpp"

using namespace sorsweep;

TEST_CASE("splitmix64: the published first numbers, in order and by index", "[core]") {
  std::uint64_t state = 0;
  CHECK(split_mix(state) == 0xE220A8397B1DCDAFU);
  CHECK(split_mix(state) == 0x6E789E6AA1B965F4U);
  CHECK(split_mix_at(0, 1) == 0x6E789E6AA1B965F4U);
  CHECK(to_unit_interval(~std::uint64_t{0}) == 1 - 0x1.0p-53);
}
