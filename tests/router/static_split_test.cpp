#include "router/static_split.hpp"

#include <rapidcheck.h>

#include <optional>

#include "catch_compat.hpp"

using namespace sorsweep;
using namespace sorsweep::static_split;

namespace {

struct Penalties {
  Nano over, under, theta, rebate;
};

/// Computes the rule as it is usually written: every split, its cost with all penalties, the first strict minimum.
class Enumeration {
 public:
  Enumeration(const std::vector<Ask>& asks, std::int64_t shares, Penalties penalties)
      : asks_(asks), shares_(shares), penalties_(penalties), q_(asks.size()) {
    descend(0, 0);
  }
  const std::vector<std::int64_t>& best() const { return best_; }

 private:
  void descend(std::size_t k, std::int64_t sent) {
    if (k == asks_.size()) {
      if (sent == shares_) consider();
      return;
    }
    const auto most = std::min(shares_ - sent, asks_[k].size);
    for (std::int64_t q = 0; q <= most; q += kStep) {
      q_[k] = q;
      descend(k + 1, sent + q);
    }
  }

  void consider() {
    std::int64_t executed = 0, cost = 0;
    for (std::size_t k = 0; k < asks_.size(); ++k) {
      const auto e = std::min(q_[k], asks_[k].size);
      executed += e;
      cost += e * (asks_[k].px + asks_[k].fee) - std::max<std::int64_t>(0, q_[k] - e) * penalties_.rebate;
    }
    cost += (penalties_.under + penalties_.theta) * std::max<std::int64_t>(0, shares_ - executed);
    cost += (penalties_.over + penalties_.theta) * std::max<std::int64_t>(0, executed - shares_);
    if (!least_ || cost < *least_) {
      least_ = cost;
      best_ = q_;
    }
  }

  const std::vector<Ask>& asks_;
  std::int64_t shares_;
  Penalties penalties_;
  std::vector<std::int64_t> q_, best_;
  std::optional<std::int64_t> least_;
};

}  // namespace

TEST_CASE("the greedy fill is the enumeration's first minimum, whatever the penalties", "[router][static_split]") {
  CHECK(rc::check([] {
    std::vector<Ask> asks(*rc::gen::inRange<std::size_t>(0, 5));
    for (auto& ask : asks)
      ask = {(100 + *rc::gen::inRange<Nano>(0, 3)) * kNanoPerDollar / 100, *rc::gen::inRange(0, 8) * 75,
             *rc::gen::inRange<Nano>(0, 3) * kNanoPerDollar / 100};
    const auto shares = *rc::gen::inRange<std::int64_t>(0, 10) * 50;
    const auto cent = [] { return *rc::gen::inRange<Nano>(0, 100) * kNanoPerDollar / 100; };
    const Enumeration all(asks, shares, {cent(), cent(), cent(), cent()});
    RC_ASSERT(split(asks, shares) == all.best());
  }));
}

TEST_CASE("equal costs go to the later venue", "[router][static_split]") {
  const std::vector<Ask> asks = {{10, 300, 1}, {11, 300, 0}, {12, 900, 0}};
  CHECK(split(asks, 400) == std::vector<std::int64_t>{100, 300, 0});
  CHECK(split(asks, 450).empty());   // no multiple of 100
  CHECK(split(asks, 1600).empty());  // too little depth
}
