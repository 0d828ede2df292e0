#include "router/lanes.hpp"

#include <rapidcheck.h>

#include <limits>

#include "catch_compat.hpp"

using namespace sorsweep;

TEST_CASE("integers become doubles as the machine converts them", "[sweep]") {
  const auto most = std::numeric_limits<std::int64_t>::max();
  const auto least = std::numeric_limits<std::int64_t>::min();
  // Halfway cases beyond 2^53 round to even.
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, (std::int64_t{1} << 53) + 1, (std::int64_t{1} << 53) + 3,
        -(std::int64_t{1} << 53) - 1, (std::int64_t{1} << 62) + 256, most, least, least + 1})
    CHECK(as_double(value) == static_cast<double>(value));
  CHECK(rc::check([](std::int64_t value, int shift) {
    const auto shifted = value >> (shift & 63);
    RC_ASSERT(as_double(shifted) == static_cast<double>(shifted));
  }));
}
