// Compares a day of router static_split with the enumeration of all splits at every snapshot.
#include <rapidcheck.h>

#include <optional>

#include "catch_compat.hpp"
#include "router/static_split.hpp"

using namespace sorsweep;
using namespace sorsweep::static_split;

namespace {

constexpr Nano kCent = kNanoPerDollar / 100;

QuoteColumns random_day() {
  QuoteColumns quotes;
  const auto rows = *rc::gen::inRange(0, 14);
  for (int i = 0; i < rows; ++i) {
    QuoteRow row;
    row.ts_event_ns = row.ts_recv_ns = i / 3;
    row.publisher_id = *rc::gen::inRange(1U, 4U);
    row.ask_px = *rc::gen::weightedElement<Nano>({{9, 10'001 * kCent}, {9, 10'002 * kCent}, {1, kUndefinedPx}});
    row.ask_sz = 50 * *rc::gen::inRange(0U, 9U);
    quotes.push_back(row);
  }
  return quotes;
}

FeeTable random_fees() {
  const auto fee = [] { return *rc::gen::inRange<Nano>(-1, 2) * kCent; };
  return {{fee(), 0}, {{1, {fee(), kCent}}, {2, {fee(), 0}}}};
}

/// Returns all (q_1 … q_K) of hundreds with Σ q = shares and q_k ≤ size_k, in lexicographic order.
void list_splits(const EventTape& tape, std::size_t quote, std::size_t last, std::int64_t left,
                 std::vector<std::int64_t>& q, std::vector<std::vector<std::int64_t>>& all) {
  if (quote == last) {
    if (left == 0) all.push_back(q);
    return;
  }
  for (std::int64_t taken = 0; taken <= left && static_cast<double>(taken) <= tape.ask_sz[quote]; taken += 100) {
    q.push_back(taken);
    list_splits(tape, quote + 1, last, left - taken, q, all);
    q.pop_back();
  }
}

struct Enumerated {
  std::optional<std::int64_t> cost;
  std::size_t snapshot = 0;
  std::vector<std::int64_t> split;
};

/// Returns the first cheapest split of the first snapshot that allows one.
Enumerated enumerate(const EventTape& tape, std::int64_t shares, const FeeTable& fees) {
  Enumerated best;
  for (std::size_t s = 0; s < tape.snapshots() && !best.cost; ++s) {
    std::vector<std::vector<std::int64_t>> all;
    std::vector<std::int64_t> q;
    const auto first = tape.first_quote[s];
    list_splits(tape, first, tape.first_quote[s + 1], shares, q, all);
    for (const auto& split : all) {
      std::int64_t cost = 0;
      for (std::size_t k = 0; k < split.size(); ++k)
        cost += split[k] * (tape.ask_nano[first + k] + fees.of(tape.publisher_id[first + k]).take);
      if (!best.cost || cost < *best.cost) best = {cost, s, split};
    }
  }
  return best;
}

}  // namespace

TEST_CASE("a day's order is filled at the first snapshot that allows a split, at its first cheapest",
          "[router][static_split]") {
  CHECK(rc::check([] {
    const auto tape = make_event_tape(random_day());
    const auto fees = random_fees();
    const auto shares = *rc::gen::element<std::int64_t>(100, 200, 300, 500, 700, 250);
    std::vector<Execution> log;
    const auto outcome = run(tape, shares, fees, &log);
    const auto want = enumerate(tape, shares, fees);
    RC_TAG(want.cost ? "filled" : "not filled");
    RC_ASSERT(outcome.filled_shares == (want.cost ? shares : 0));
    RC_ASSERT(outcome.total_cost == want.cost.value_or(0));
    std::vector<std::int64_t> taken(want.split.size(), 0);
    for (const auto& fill : log) {
      RC_ASSERT(fill.ts_ns == tape.ts_ns[want.snapshot]);
      for (std::size_t k = 0; k < taken.size(); ++k)
        if (tape.publisher_id[tape.first_quote[want.snapshot] + k] == fill.publisher_id) taken[k] += fill.shares;
    }
    RC_ASSERT(taken == want.split);
  }));
}
