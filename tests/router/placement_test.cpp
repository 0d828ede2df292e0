#include "sorsweep/router/placement.hpp"

#include <rapidcheck.h>

#include "catch_compat.hpp"
#include "sorsweep/router/candidates.hpp"

using namespace sorsweep;
using namespace sorsweep::cont_kukanov;

namespace {

constexpr std::int64_t kRoom = (std::int64_t{1} << 62) - 1;

/// One share and one sample, and no queue: the cost is that of the market order, or of being short.
SliceProblem one_share() {
  SliceProblem problem;
  problem.lots = 1;
  return problem;
}

/// Returns the largest cost of a placement, with every sign of the penalties. Nothing wraps.
__int128 largest_cost(const SliceProblem& problem, const Penalties& most) {
  __int128 largest = 0;
  const CandidateTable table(problem, 10'000);
  for (std::size_t c = 0; c < table.size(); ++c)
    for (unsigned signs = 0; signs < 16; ++signs) {
      const auto of = table.coefficients(c);
      const auto term = [&](int bit, Nano penalty, std::int64_t shares) {
        return static_cast<__int128>(signs >> bit & 1 ? -1 : 1) * penalty * shares;
      };
      const auto cost = of.base + term(0, most.under, of.under) + term(1, most.over, of.over) +
                        term(2, most.theta, of.sent) + term(3, most.half_spread, of.spread);
      largest = std::max(largest, cost < 0 ? -cost : cost);
    }
  return largest;
}

}  // namespace

TEST_CASE("a cost may be one below 2^62, of whatever term and sign", "[router][fits]") {
  for (const std::int64_t sign : {1, -1}) {
    auto problem = one_share();
    CHECK(fits_int64(problem, {0, sign * kRoom, 0, 0}));
    CHECK_FALSE(fits_int64(problem, {0, sign * (kRoom + 1), 0, 0}));
    CHECK(fits_int64(problem, {0, 0, 0, sign * kRoom}));
    CHECK_FALSE(fits_int64(problem, {0, 0, 0, sign * (kRoom + 1)}));
    CHECK(fits_int64(problem, {0, 0, sign * (kRoom / 2), 0}));  // θ counts twice: M and (S−A)+
    CHECK_FALSE(fits_int64(problem, {0, 0, sign * (kRoom / 2 + 1), 0}));
    problem.taker_fee = sign * kRoom;
    CHECK(fits_int64(problem, {}));
    CHECK_FALSE(fits_int64(problem, {0, 1, 0, 0}));
    problem.taker_fee = 0;
    problem.half_spread = sign * kRoom;
    CHECK(fits_int64(problem, {}));
    CHECK_FALSE(fits_int64(problem, {0, 1, 0, 0}));
  }
}

TEST_CASE("penalties and fees at the ends of an int64 do not wrap round", "[router][fits]") {
  for (const Nano end : {Nano{INT64_MAX}, Nano{INT64_MIN}}) {
    auto problem = one_share();
    CHECK_FALSE(fits_int64(problem, {0, end, 0, 0}));
    CHECK_FALSE(fits_int64(problem, {end, end, end, end}));
    problem.taker_fee = problem.half_spread = end;
    CHECK_FALSE(fits_int64(problem, {0, 0, 0, 0}));
    problem.queues.resize(3, {0, end, std::vector<std::int64_t>(500, 1)});
    CHECK_FALSE(fits_int64(problem, {end, end, end, end}));
    problem.lots = 0;
    CHECK(fits_int64(problem, {end, end, end, end}));  // no order costs nothing
  }
}

TEST_CASE("three penalties share the room, and each queue needs its own", "[router][fits]") {
  auto problem = one_share();
  problem.queues.resize(1, {0, 0, {1}});
  // One queue: λ_u + λ_o + 3 θ.
  constexpr Nano part = kRoom / 5;
  static_assert(5 * part + 3 == kRoom);
  CHECK(fits_int64(problem, {part, part, part, 0}));
  CHECK(fits_int64(problem, {part + 3, part, part, 0}));
  CHECK_FALSE(fits_int64(problem, {part + 4, part, part, 0}));
  CHECK(fits_int64(problem, {part, part, part + 1, 0}));
  CHECK_FALSE(fits_int64(problem, {part, part + 1, part + 1, 0}));
  problem.queues.resize(2, problem.queues[0]);
  CHECK_FALSE(fits_int64(problem, {part, part, part, 0}));
}

TEST_CASE("shares and samples divide the room", "[router][fits]") {
  auto problem = one_share();
  problem.lots = 3;
  problem.lot = 101;
  problem.queues.resize(1, {0, 0, std::vector<std::int64_t>(7, 1)});
  constexpr Nano most = kRoom / (3 * 101 * 7);
  CHECK(fits_int64(problem, {0, most, 0, 0}));
  CHECK_FALSE(fits_int64(problem, {0, most + 1, 0, 0}));
}

TEST_CASE("what fits has no placement that costs 2^62, at no sign of the penalties", "[router][fits]") {
  int near = 0;
  CHECK(rc::check([&] {
    SliceProblem problem;
    problem.lots = *rc::gen::inRange(1, 5);
    problem.lot = *rc::gen::inRange(1, 200);
    const auto money = [] { return *rc::gen::inRange<Nano>(-1'000, 1'000) << *rc::gen::inRange(20, 46); };
    problem.half_spread = money();
    problem.taker_fee = money();
    problem.queues.resize(*rc::gen::inRange<std::size_t>(0, 4));
    const auto samples = *rc::gen::inRange<std::size_t>(1, 6);
    for (auto& queue : problem.queues) {
      queue.rebate = money();
      for (std::size_t n = 0; n < samples; ++n) queue.outflow.push_back(*rc::gen::inRange(0, 900));
    }
    const Penalties most{money(), money(), money(), money()};
    if (!fits_int64(problem, most)) return;
    const auto largest = largest_cost(problem, most);
    RC_ASSERT(largest <= kRoom);
    near += largest > kRoom / 16;
  }));
  CHECK(near > 0);
}
