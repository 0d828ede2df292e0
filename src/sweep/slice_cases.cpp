#include "sweep/slice_cases.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/error.hpp"
#include "core/parallel.hpp"

namespace sorsweep {
namespace {

/// The order's hours. If the config has none, the time from the day's first quote to its last.
TimeWindow session_of(const DayData& day) {
  if (day.window) return *day.window;
  const auto& times = day.quotes.ts_event_ns;
  if (times.empty()) return {0, 0};
  const auto [first, last] = std::ranges::minmax_element(times);
  return {*first, *last + 1};
}

TimeNs last_quote_ns(const DayData& day, const TimeWindow& session) {
  TimeNs last = session.begin_ns - 1;
  for (const auto time : day.quotes.ts_event_ns)
    if (time < session.end_ns) last = std::max(last, time);
  return last;
}

/// Slices that cannot be priced hand their shares on to the next one. Shares after the last priced slice are missing.
std::vector<SlicePlan> pass_on_unpriced(const std::vector<SlicePlan>& plans, const QuoteHistory& history,
                                        const SliceSettings& settings, SliceDay& facts) {
  std::vector<SlicePlan> priced;
  std::int64_t lots = 0;
  std::int64_t odd = 0;
  for (const auto& plan : plans) {
    lots += plan.lots;
    odd += plan.odd;
    if (!history.book_at(plan.begin_ns, {settings.model.max_quote_age_ns, true}).two_sided()) {
      ++facts.unpriced;
      continue;
    }
    priced.push_back({plan.begin_ns, plan.end_ns, lots, odd});
    lots = odd = 0;
  }
  facts.missing_shares = lots * settings.order.lot + odd;
  return priced;
}

std::vector<SlicePlan> even_choice(const std::vector<SlicePlan>& plans, std::size_t most) {
  if (plans.size() <= most) return plans;
  std::vector<SlicePlan> chosen;
  for (std::size_t i = 0; i < most; ++i) chosen.push_back(plans[(2 * i + 1) * plans.size() / (2 * most)]);
  return chosen;
}

double vwap(const DayData& day, const TimeWindow& session, Side side) {
  const auto& px = side == Side::buy ? day.quotes.ask_px : day.quotes.bid_px;
  const auto& size = side == Side::buy ? day.quotes.ask_sz : day.quotes.bid_sz;
  double value = 0;
  double shares = 0;
  for (std::size_t i = 0; i < day.quotes.rows(); ++i) {
    if (!session.contains(day.quotes.ts_event_ns[i]) || !is_defined_px(px[i])) continue;
    value += to_dollars(px[i]) * size[i];
    shares += size[i];
  }
  return shares > 0 ? value / shares : 0;
}

SliceRecord describe(const SliceCase& slice, Nano mirror_px) {
  const auto& book = slice.book;
  const bool mirrored = mirror_px != 0;
  return {slice.plan.begin_ns,
          slice.shares(),
          mirrored ? mirror_px - book.best_ask : book.best_bid,
          mirrored ? mirror_px - book.best_bid : book.best_ask,
          static_cast<std::uint32_t>(slice.problem.queues.size()),
          book.dropped,
          static_cast<std::uint32_t>(slice.problem.samples()),
          0,
          slice.decided,
          cont_kukanov::terms_of(slice.problem)};
}

std::size_t shortest_queue(const SliceProblem& problem) {
  return static_cast<std::size_t>(std::ranges::min_element(problem.queues, {}, &BidQueue::ahead) -
                                  problem.queues.begin());
}

/// The drift of a slice, half nanos rounded up like its slippage.
__int128 drift_of(const SliceCase& slice, Nano arrival_bid_plus_ask) {
  const auto twice = static_cast<__int128>(slice.shares()) * (slice.realised.bid_plus_ask - arrival_bid_plus_ask);
  return halve(twice);
}

Nano sum_drift(const std::vector<SliceCase>& cases) {
  __int128 sum = 0;
  for (const auto& slice : cases) sum += drift_of(slice, cases.front().realised.bid_plus_ask);
  if (sum > INT64_MAX / 2 || sum < INT64_MIN / 2)
    throw Error(Exit::input, "the drift of a day leaves 64 bits", "its prices or sizes are beyond any market");
  return static_cast<Nano>(sum);
}

/// Early closes and unpriced slices make other slices larger than the config was checked for.
void leave_large_ones_to_pool(const SliceSettings& settings, SliceCase& slice) {
  const auto& problem = slice.problem;
  if (!settings.registered && settings.solver == cont_kukanov::Solver::exact && slice.decided == Decided::solved &&
      cont_kukanov::CandidateTable::count(problem.lots, problem.queues.size()) > settings.max_candidates)
    slice.decided = Decided::pooled;
}

/// What each yardstick except kImmediate does in a slice.
std::array<LotPlacement, kYardsticks> yardstick_placements(const SliceProblem& problem) {
  const auto queues = problem.queues.size();
  std::array<LotPlacement, kYardsticks> placements;
  placements[kAllMarket] = all_market(problem);
  placements[kAllLimit] = {0, std::vector<std::int64_t>(queues, 0)};
  placements[kAllLimit].limits[shortest_queue(problem)] = problem.lots;
  const auto each = problem.lots / static_cast<std::int64_t>(queues + 1);
  placements[kEqualSplit] = {problem.lots - each * static_cast<std::int64_t>(queues),
                             std::vector<std::int64_t>(queues, each)};
  return placements;
}

/// Plays all yardsticks. \throws Error (input) if a sum and the day's drift could leave 64 bits together
void run_yardsticks(const std::vector<SliceCase>& cases, SliceDay& facts) {
  const auto all = facts.shares();
  std::array<__int128, kYardsticks> sums{};
  sums[kImmediate] = execution::execute(cases.front().realised, all, all, {}).slippage;
  for (const auto& slice : cases) {
    const auto placements = yardstick_placements(slice.problem);
    for (const auto yardstick : {kAllMarket, kAllLimit, kEqualSplit})
      sums[yardstick] += slice.execute(placements[yardstick]).slippage;
  }
  for (std::size_t y = 0; y < kYardsticks; ++y) {
    if (sums[y] > INT64_MAX / 2 || sums[y] < INT64_MIN / 2)
      throw Error(Exit::input, "the slippage of a day leaves 64 bits", "its prices or sizes are beyond any market");
    facts.slippage[y] = static_cast<Nano>(sums[y]);
  }
}

/// The largest magnitude of each penalty on a grid.
cont_kukanov::Penalties largest_penalties(const SliceSettings& settings, const Grid& grid) {
  if (settings.registered) return {};
  const auto largest = [&](std::size_t axis) {
    const auto& values = grid.axes()[axis].values;  // Ascending.
    return std::max(std::abs(values.front()), std::abs(values.back()));
  };
  return {largest(0), largest(1), largest(2), largest(3)};
}

}  // namespace

SliceCases make_slice_cases(const DayData& day, const SliceSettings& settings, const Grid& grid) {
  const auto session = session_of(day);
  const auto schedule = plan_slices(settings.order, session, last_quote_ns(day, session));
  const QuoteHistory history(day.quotes, settings.order.side);
  SliceCases made;
  auto& facts = made.facts;
  made.mirror_px = history.mirror_px();
  facts.is_sell = settings.order.side == Side::sell;
  facts.is_early_close = schedule.is_early_close();
  facts.vwap = vwap(day, session, settings.order.side);
  const auto priced = pass_on_unpriced(schedule.slices, history, settings, facts);
  if (priced.empty()) facts.missing_shares = settings.order.shares;
  const auto plans = even_choice(priced, settings.most_slices);
  facts.left_out = priced.size() - plans.size();

  auto model = settings.model;
  if (!settings.registered && grid.dimensions() == Grid::kAxes) model.half_spread = 0;
  const SliceMaker maker(history, session, model, settings.fees, largest_penalties(settings, grid));
  std::vector<std::optional<SliceCase>> cases(plans.size());
  parallel_ranges(plans.size(), 1, [&](std::size_t first, std::size_t last) {
    for (auto i = first; i < last; ++i) cases[i] = maker.make(plans[i], settings.order.lot);
  });
  for (auto& slice : cases) {
    leave_large_ones_to_pool(settings, *slice);
    facts.slices.push_back(describe(*slice, made.mirror_px));
    made.cases.push_back(std::move(*slice));
  }
  if (made.cases.empty()) return made;
  facts.drift = sum_drift(made.cases);
  facts.arrival_bid_plus_ask = facts.slices.front().best_bid + facts.slices.front().best_ask;
  run_yardsticks(made.cases, facts);
  return made;
}

}  // namespace sorsweep
