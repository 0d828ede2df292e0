#include "router/stochastic.hpp"

#include <rapidcheck.h>

#include <numeric>
#include <random>

#include "catch_compat.hpp"

using namespace sorsweep::cont_kukanov;

namespace {

double real(int low, int high, double unit) {
  return *rc::gen::inRange(low, high) * unit;
}

Instance random_instance() {
  Instance i{real(1, 50, 100), real(0, 40, .001), real(-3, 5, .001), 0, 0, 0, {}, {}};
  const auto venues = *rc::gen::inRange<std::size_t>(1, 6);
  for (std::size_t k = 0; k < venues; ++k) {
    i.queues.push_back(real(0, 30, 100));
    i.rebates.push_back(real(-2, 4, .001));
  }
  return i;
}

}  // namespace

TEST_CASE("stochastic approximation: lanes equal the reference, bit for bit", "[router][stochastic]") {
  CHECK(rc::check([] {
    const auto instance = random_instance();
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint32_t>());
    std::vector<double> outflow(instance.queues.size() * *rc::gen::inRange<std::size_t>(1, 60));
    for (auto& x : outflow) x = static_cast<double>(random() % 60) * 75;
    const auto points = *rc::gen::inRange<std::size_t>(0, 40);
    std::vector<double> over(points), under(points), theta(points);
    for (auto* column : {&over, &under, &theta})
      for (auto& x : *column) x = static_cast<double>(random() % 100) * .001;
    const auto lanes = approximate_lanes(instance, {over, under, theta}, outflow);
    RC_ASSERT(lanes.size() == points);
    for (std::size_t p = 0; p < points; ++p) {
      auto one = instance;
      one.lambda_over = over[p];
      one.lambda_under = under[p];
      one.theta = theta[p];
      const auto reference = approximate(one, outflow);
      RC_ASSERT(lanes[p].market == reference.market);
      RC_ASSERT(lanes[p].limits == reference.limits);
    }
  }));
}

TEST_CASE("rescaling leads into C and leaves what is in it", "[router][stochastic]") {
  CHECK(rc::check([] {
    const double shares = real(1, 20, 50);
    RealPlacement x{real(-20, 40, 33), std::vector<double>(*rc::gen::inRange<std::size_t>(1, 6))};
    for (auto& limit : x.limits) limit = real(-20, 40, 33);
    rescale(shares, x);
    const auto sum = std::accumulate(x.limits.begin(), x.limits.end(), x.market);
    RC_ASSERT(x.market >= 0 && x.market <= shares);
    for (const auto limit : x.limits) RC_ASSERT(limit >= 0 && limit <= shares - x.market);
    RC_ASSERT(sum >= shares - 1e-9);
    auto again = x;
    rescale(shares, again);
    RC_ASSERT(std::abs(again.market - x.market) < 1e-9);
    for (std::size_t k = 0; k < x.limits.size(); ++k) RC_ASSERT(std::abs(again.limits[k] - x.limits[k]) < 1e-9);
  }));
}
