#include "core/memory_budget.hpp"

#include <limits>
#include <optional>
#include <utility>

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;

namespace {

/// Sets a limit for the time of a test.
struct Limit {
  explicit Limit(std::uint64_t bytes) { limit_memory(bytes); }
  ~Limit() { limit_memory(std::numeric_limits<std::uint64_t>::max()); }
};

MemoryShare share() {
  return {"the books", "take fewer"};
}

}  // namespace

TEST_CASE("owners share a budget, and what would exceed it is refused by name", "[core][memory_budget]") {
  const Limit limit(1000);
  auto first = share();
  first.grow(400);
  first.grow(200);
  CHECK(first.bytes() == 600);
  std::optional<MemoryShare> second = share();
  second->grow(400);
  CHECK_THROWS_WITH(first.grow(1), Catch::Contains("the books need 601 B of memory") && Catch::Contains("take fewer"));
  CHECK(first.bytes() == 600);  // a refusal takes nothing
  second.reset();
  first.grow(400);
  try {
    first.grow(1);
    FAIL("nothing was refused");
  } catch (const Error& error) {
    CHECK(error.code() == Exit::resources);
  }
}

TEST_CASE("a share that moves is given back once", "[core][memory_budget]") {
  const Limit limit(100);
  {
    auto first = share();
    first.grow(60);
    auto second = std::move(first);
    CHECK(second.bytes() == 60);
    auto third = share();
    third.grow(40);
    third = std::move(second);  // gives its own 40 back
    third.grow(40);
    CHECK_THROWS_AS(third.grow(1), Error);
  }
  auto all = share();
  all.grow(100);
  CHECK_THROWS_AS(all.grow(1), Error);
}

TEST_CASE("without a limit nothing is refused, and a limit below what is held refuses all", "[core][memory_budget]") {
  auto held = share();
  held.grow(std::uint64_t{1} << 40);
  const Limit limit(10);
  auto other = share();
  CHECK_THROWS_AS(other.grow(1), Error);
}
