#include "sorsweep/router/candidates.hpp"

#include <rapidcheck.h>

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;
using namespace sorsweep::cont_kukanov;

namespace {

SliceProblem random_problem() {
  SliceProblem problem;
  problem.lots = *rc::gen::inRange(0, 6);
  problem.lot = *rc::gen::inRange(1, 4) * 50;
  problem.half_spread = *rc::gen::inRange<Nano>(0, 30) * 1'000'000;
  problem.taker_fee = *rc::gen::inRange<Nano>(-5, 6) * 1'000'000;
  const auto samples = *rc::gen::inRange<std::size_t>(1, 40);
  problem.queues.resize(*rc::gen::inRange<std::size_t>(0, 4));
  for (auto& queue : problem.queues) {
    queue.ahead = *rc::gen::inRange(0, 6) * 100;
    queue.rebate = *rc::gen::inRange<Nano>(-3, 4) * 1'000'000;
    for (std::size_t n = 0; n < samples; ++n) queue.outflow.push_back(*rc::gen::inRange(0, 12) * 75);
  }
  return problem;
}

Penalties random_penalties() {
  const auto one = [] { return *rc::gen::inRange<Nano>(0, 12) * 5'000'000; };
  return {one(), one(), one(), one()};
}

/// Returns the allowed vectors of {0 … S}^(K+1) in lexicographic order.
std::vector<LotPlacement> enumerate(const SliceProblem& problem) {
  std::vector<LotPlacement> kept;
  std::vector<std::int64_t> x(problem.queues.size() + 1, 0);
  for (;;) {
    std::int64_t sent = 0;
    bool allowed = true;
    for (std::size_t i = 0; i < x.size(); ++i) {
      sent += x[i];
      allowed &= i == 0 || x[i] <= problem.lots - x[0];
    }
    if (allowed && sent >= problem.lots) kept.push_back({x[0], {x.begin() + 1, x.end()}});
    auto i = x.size();
    while (i > 0 && x[i - 1] == problem.lots) x[--i] = 0;
    if (i == 0) return kept;
    ++x[i - 1];
  }
}

}  // namespace

TEST_CASE("the number of placements is the prototype's", "[router][candidates]") {
  CHECK(CandidateTable::count(10, 2) == 286);
  CHECK(CandidateTable::count(10, 3) == 3'641);
  CHECK(CandidateTable::count(10, 4) == 37'972);
  CHECK(CandidateTable::count(10, 5) == 376'871);
  CHECK(CandidateTable::count(7, 0) == 1);
  CHECK(CandidateTable::count(7, 1) == 8);
  CHECK(CandidateTable::count(1'000'000'000, 0) == 1);
  CHECK(CandidateTable::count(1'000'000'000, 1) == 1'000'000'001);
}

TEST_CASE("the table is every allowed placement, in order, with the definition's coefficients",
          "[router][candidates]") {
  CHECK(rc::check([] {
    const auto problem = random_problem();
    const CandidateTable table(problem, 1'000'000);
    const auto all = enumerate(problem);
    RC_ASSERT(table.size() == all.size());
    RC_ASSERT(table.size() == CandidateTable::count(problem.lots, problem.queues.size()));
    for (std::size_t c = 0; c < all.size(); ++c) {
      RC_ASSERT(table.placement(c) == all[c]);
      RC_ASSERT((table.coefficients(c) == evaluate(problem, all[c])));
    }
  }));
}

TEST_CASE("the exact solver finds brute force's first minimum, ties included", "[router][candidates]") {
  CHECK(rc::check([] {
    const auto problem = random_problem();
    const auto penalties = random_penalties();
    const CandidateTable table(problem, 1'000'000);
    const auto all = enumerate(problem);
    std::size_t best = 0;
    for (std::size_t c = 1; c < all.size(); ++c)
      if (evaluate(problem, all[c]).cost(penalties) < evaluate(problem, all[best]).cost(penalties)) best = c;
    RC_ASSERT(table.solve(penalties) == best);
  }));
}

TEST_CASE("of equally cheap placements the first one wins", "[router][candidates]") {
  SliceProblem problem;
  problem.lots = 4;
  problem.lot = 100;
  problem.queues.resize(2, {0, 0, {1'000}});  // either queue fills whatever is sent to it
  const CandidateTable table(problem, 1'000);
  CHECK(table.solve({0, 0, 0, 0}) == 0);  // all placements cost nothing
  // Four lots in the queues, however they are split, cost less than any other placement.
  problem.half_spread = 10'000'000;
  const CandidateTable priced(problem, 1'000);
  const auto best = priced.placement(priced.solve({20'000'000, 20'000'000, 0, 0}));
  CHECK(best.market == 0);
  CHECK(best.limits == std::vector<std::int64_t>{0, 4});
}

TEST_CASE("too many placements are refused with advice", "[router][candidates]") {
  SliceProblem problem;
  problem.lots = 10;
  problem.queues.resize(4, {0, 0, {1}});
  CHECK_THROWS_WITH(CandidateTable(problem, 37'971), Catch::Contains("37,972"));
  CHECK_NOTHROW(CandidateTable(problem, 37'972));
  CHECK(CandidateTable::count(5000, 5) == SIZE_MAX);
}

TEST_CASE("costs that could leave an int64 are known beforehand", "[router][candidates]") {
  SliceProblem problem;
  problem.lots = 100;
  problem.lot = 100;
  problem.half_spread = 5'000'000;
  problem.queues.resize(4, {0, 2'000'000, std::vector<std::int64_t>(500, 1)});
  const Penalties most{90'000'000, 110'000'000, 10'000'000};
  CHECK(fits_int64(problem, most));
  problem.half_spread = 100'000 * kNanoPerDollar;  // a stub quote
  CHECK_FALSE(fits_int64(problem, most));
}
