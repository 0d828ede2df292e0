// Compares the merging of equal rows with a map of rows.
#include "trust/outcomes.hpp"

#include <rapidcheck.h>

#include <limits>
#include <map>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "trust/matrix.hpp"

using namespace sorsweep;
using namespace sorsweep::trust;

TEST_CASE("equal rows become one, that of the lowest point", "[trust]") {
  auto outcomes = matrix({{1, 2}, {3, 4}, {1, 2}, {1, 4}, {3, 4}, {1, 2}});
  outcomes.points = {10, 20, 30, 40, 50, 60};
  const auto merged = distinct(outcomes);
  CHECK(merged.points == std::vector<std::size_t>{10, 20, 40});
  CHECK(merged.counts == std::vector<std::size_t>{3, 2, 1});
  CHECK(merged.values == std::vector<double>{1, 3, 1, 2, 4, 4});
  CHECK(merged.row(2) == std::vector<double>{1, 4});
}

TEST_CASE("counts of rows merged before are added up", "[trust]") {
  auto outcomes = matrix({{1}, {2}, {1}});
  outcomes.counts = {5, 7, 11};
  CHECK(distinct(outcomes).counts == std::vector<std::size_t>{16, 7});
}

TEST_CASE("minus zero is zero", "[trust]") {
  CHECK(distinct(matrix({{0.0}, {1}, {-0.0}})).counts == std::vector<std::size_t>{2, 1});
}

TEST_CASE("merging is what a map of rows does", "[trust]") {
  CHECK(rc::check([] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 3000);
    const auto days = *rc::gen::inRange<std::size_t>(1, 5);
    const auto values = *rc::gen::inRange<std::uint64_t>(1, 60);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    Outcomes outcomes;
    for (std::size_t r = 0; r < rows; ++r) outcomes.points.push_back(r);
    for (std::size_t i = 0; i < rows * days; ++i)
      outcomes.values.push_back(static_cast<double>(split_mix_at(seed, i) % values) / 8);
    std::map<std::vector<double>, std::vector<std::size_t>> classes;
    for (std::size_t r = 0; r < rows; ++r) classes[outcomes.row(r)].push_back(r);
    std::map<std::size_t, std::size_t> expected;  // lowest row → rows
    for (const auto& [row, members] : classes) expected[members.front()] = members.size();
    const auto merged = distinct(outcomes);
    RC_ASSERT(merged.rows() == expected.size());
    std::size_t i = 0;
    for (const auto& [first, count] : expected) {
      RC_ASSERT(merged.points[i] == first);
      RC_ASSERT(merged.counts[i] == count);
      RC_ASSERT(merged.row(i) == outcomes.row(first));
      ++i;
    }
  }));
}

TEST_CASE("outcomes that cannot be compared are refused", "[trust]") {
  CHECK_THROWS_AS(distinct(matrix({{1}, {std::numeric_limits<double>::quiet_NaN()}})), Error);
  auto outcomes = matrix({{1, 2}, {3, 4}});
  outcomes.values.pop_back();
  CHECK_THROWS_AS(distinct(outcomes), Error);
}
