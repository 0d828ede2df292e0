// Router cont_kukanov: the day's slices, each decided at every point of the grid.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <numeric>

#include "sorsweep/core/error.hpp"
#include "sorsweep/sweep/backtest.hpp"
#include "sorsweep/sweep/parallel.hpp"
#include "sorsweep/sweep/slice_cases.hpp"
#include "sweep/affine_view.hpp"
#include "sweep/own_router.hpp"
#include "sweep/scratch_pool.hpp"

namespace sorsweep {
namespace {

using cont_kukanov::CandidateTable;
using cont_kukanov::SliceCase;

/// Points that a solver without candidates takes at a time.
constexpr std::size_t kPointsAtATime = 256;

/// The thread's time since it was made, in seconds.
class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

/// What all days of a backtest share.
struct Shared {
  explicit Shared(const Grid& grid) : view(grid) {}

  AffineView view;
  ScratchPool<Pruner> pruners{[this] { return Pruner(view.grid()); }};
  ScratchPool<SlabSurface> slabs{[this] { return SlabSurface(view.grid()); }};
};

AffineCosts costs_of(const Shared& shared, const Contenders& of) {
  return shared.view.costs(of.base, of.under, of.over, of.sent, of.spread);
}

/// Numbers the contenders that can win on this grid.
std::vector<PrunedCandidates> prune_all(Shared& shared, const std::vector<Contenders>& contenders) {
  std::vector<PrunedCandidates> pruned(contenders.size());
  parallel_ranges(pruned.size(), 1, [&](std::size_t first, std::size_t last) {
    for (auto i = first; i < last; ++i) shared.pruners.take()->prune(costs_of(shared, contenders[i]), pruned[i]);
  });
  return pruned;
}

/// Candidates of a table with what they realise. \param chosen indices, ascending
Contenders pick(const SliceCase& slice, const CandidateTable& table, const std::vector<std::uint32_t>& chosen) {
  Contenders picked;
  picked.number = chosen;
  for (const auto c : chosen) {
    picked.base.push_back(table.base()[c]);
    picked.under.push_back(table.under()[c]);
    picked.over.push_back(table.over()[c]);
    picked.sent.push_back(table.sent()[c]);
    picked.spread.push_back(table.spread()[c]);
    picked.fills.push_back(slice.execute(table.placement(c)));
  }
  return picked;
}

/// A cold slice: all to the market, whatever the point.
Contenders only_market(const SliceCase& slice) {
  const cont_kukanov::Placement market{slice.problem.lots, std::vector<std::int64_t>(slice.problem.queues.size(), 0)};
  return {{0}, {0}, {0}, {0}, {0}, {0}, {slice.execute(market)}};
}

[[noreturn]] void refuse_sum(const char* what) {
  throw Error(Exit::input, fmt::format("the {} of a day leaves 64 bits", what),
              "its prices or sizes are beyond any market");
}

std::int64_t slippage_of(const execution::Fills& fills) {
  return fills.slippage;
}

/// Decided by candidates, whose costs are affine in the point.
class AffineEvaluation : public DayEvaluation {
 public:
  /// \param pruned of each slice, numbering its contenders; not used by brute force
  AffineEvaluation(std::shared_ptr<Shared> shared, Engine engine, DayFacts facts, std::vector<Contenders> slices,
                   std::vector<PrunedCandidates> pruned)
      : shared_(std::move(shared)),
        engine_(engine),
        facts_(std::move(facts)),
        slices_(std::move(slices)),
        pruned_(std::move(pruned)) {
    check_sums(slippage_of, "slippage");
    for (const auto& slice : slices_) won_.emplace_back(slice.size());
  }

  const DayFacts& facts() const override { return facts_; }
  std::vector<Contenders> contenders() const override { return slices_; }

  void evaluate(RowRange rows, const SurfaceSlab& slab) const override {
    const Stopwatch watch;
    CollapseCounters counters;
    engine_ == Engine::brute ? by_brute_force(rows, slippage_of, slab.slippage)
                             : by_collapse(rows, slippage_of, slab.slippage, counters);
    const std::lock_guard lock(mutex_);
    stats_.collapse += counters;
    stats_.boxes_seconds += watch.seconds();
  }

  void evaluate_metric(Metric metric, RowRange rows, std::span<std::int64_t> out) const override {
    CollapseCounters counters;
    const auto value = [metric](const execution::Fills& fills) { return metric_of(fills, metric); };
    check_sums(value, kMetricNames[static_cast<std::size_t>(metric)]);
    engine_ == Engine::brute ? by_brute_force(rows, value, out) : by_collapse(rows, value, out, counters);
  }

  std::unique_ptr<DayEvaluation> on(const Grid& part) const override {
    auto shared = std::make_shared<Shared>(part);
    auto slices = winners();
    auto pruned = prune_all(*shared, slices);
    return std::make_unique<AffineEvaluation>(std::move(shared), Engine::collapse, facts_, std::move(slices),
                                              std::move(pruned));
  }

  std::vector<Contenders> winners() const override {
    std::vector<Contenders> all;
    for (std::size_t i = 0; i < slices_.size(); ++i) {
      std::vector<std::uint32_t> chosen;
      for (std::uint32_t c = 0; c < won_[i].size(); ++c)
        if (won_[i][c].load(std::memory_order_relaxed) & kWonLately) chosen.push_back(c);
      all.push_back(pick(slices_[i], chosen));
    }
    return all;
  }

  void forget_winners() override {
    for (auto& slice : won_)
      for (auto& won : slice) won.fetch_and(kHasWon, std::memory_order_relaxed);
  }

  EvaluationStats stats() const override {
    auto stats = stats_;
    stats.slices = slices_.size();
    stats.pooled = facts_.slices.pooled();
    for (const auto& slice : slices_) stats.contenders += slice.size();
    for (const auto& slice : won_)
      stats.winners += static_cast<std::uint64_t>(std::ranges::count_if(slice, [](const auto& won) { return !!won; }));
    return stats;
  }

  /// Adds what preparing took. Not at the same time as anything else.
  void note(const EvaluationStats& prepared) { stats_ += prepared; }

 private:
  /// Whether a day's sum of values fits, whatever wins. \throws Error (input)
  template <class ValueOf>
  void check_sums(const ValueOf& value_of, const char* what) const {
    __int128 most = 0;
    for (const auto& slice : slices_) {
      __int128 largest = 0;
      for (const auto& fills : slice.fills) {
        const __int128 value = value_of(fills);
        largest = std::max(largest, value < 0 ? -value : value);
      }
      most += largest;
    }
    if (most > INT64_MAX / 2) refuse_sum(what);
  }

  template <class ValueOf>
  void by_brute_force(RowRange rows, const ValueOf& value_of, std::span<std::int64_t> out) const {
    std::ranges::fill(out, 0);
    for (std::size_t i = 0; i < slices_.size(); ++i) {
      const auto value = [&](std::uint32_t c) { return value_of(slices_[i].fills[c]); };
      mark(i,
           brute_force_add(shared_->view.grid(), costs_of(*shared_, slices_[i]), {rows.first, rows.last}, value, out));
    }
  }

  template <class ValueOf>
  void by_collapse(RowRange rows, const ValueOf& value_of, std::span<std::int64_t> out,
                   CollapseCounters& counters) const {
    auto surface = shared_->slabs.take();
    surface->reset({rows.first, rows.last});
    for (std::size_t i = 0; i < slices_.size(); ++i) {
      surface->add_slice(pruned_[i], [&](std::uint32_t c) { return value_of(slices_[i].fills[c]); });
      mark(i, surface->winners());
    }
    surface->integrate(out);
    counters = surface->counters();
  }

  void mark(std::size_t slice, std::span<const std::uint32_t> winners) const {
    for (const auto c : winners) won_[slice][c].store(kHasWon | kWonLately, std::memory_order_relaxed);
  }

  static constexpr std::uint8_t kHasWon = 1, kWonLately = 2;  // ever; since winners were forgotten

  std::shared_ptr<Shared> shared_;
  Engine engine_;
  DayFacts facts_;
  std::vector<Contenders> slices_;
  std::vector<PrunedCandidates> pruned_;
  mutable std::vector<std::vector<std::atomic<std::uint8_t>>> won_;
  mutable std::mutex mutex_;
  mutable EvaluationStats stats_;
};

/// Decided point by point: solvers without candidates, and routers that were registered.
class EachEvaluation : public DayEvaluation {
 public:
  EachEvaluation(const Grid& grid, const SliceSettings& settings, DayFacts facts, std::vector<SliceCase> cases)
      : grid_(grid), own_(settings.own), solver_(settings.solver), facts_(std::move(facts)), cases_(std::move(cases)) {}

  const DayFacts& facts() const override { return facts_; }

  void evaluate(RowRange rows, const SurfaceSlab& slab) const override {
    const auto first = rows.first * grid_.points_per_row();
    const auto blocks = (slab.slippage.size() + kPointsAtATime - 1) / kPointsAtATime;
    parallel_ranges(blocks, 1, [&](std::size_t begin, std::size_t end) {
      for (auto block = begin; block < end; ++block) {
        const auto done = block * kPointsAtATime;
        const auto count = std::min(kPointsAtATime, slab.slippage.size() - done);
        add_block(first + done, slab.slippage.subspan(done, count));
      }
    });
  }

 private:
  void add_block(std::size_t first, std::span<std::int64_t> slippage) const {
    ParameterBlock points;
    if (!own_) points.decode(grid_, first, slippage.size());
    std::ranges::fill(slippage, 0);
    for (const auto& slice : cases_) {
      if (!cont_kukanov::is_by_model(slice.decided)) {
        const auto value = only_market(slice).fills[0].slippage;
        for (auto& sum : slippage) add(sum, value);
      } else if (own_) {
        add_own(slice, first, slippage);
      } else {
        const auto placements = cont_kukanov::decide_each(slice.problem, solver_, points.columns());
        for (std::size_t i = 0; i < placements.size(); ++i)
          add(slippage[i], slice.execute(placements[i].market, placements[i].limits).slippage);
      }
    }
  }

  /// Neighbours often decide alike: what a placement comes to is kept for the next point.
  void add_own(const SliceCase& slice, std::size_t first, std::span<std::int64_t> slippage) const {
    std::optional<cont_kukanov::SharePlacement> last;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < slippage.size(); ++i) {
      std::array<double, Grid::kAxes> point{};
      const auto at = grid_.index(first + i);
      for (std::size_t a = 0; a < grid_.dimensions(); ++a) point[a] = grid_.dollars(a)[at[a]];
      auto placement = decide_by(*own_, slice, std::span(point).first(grid_.dimensions()));
      if (placement != last) value = slice.execute(placement.market, placement.limits).slippage;
      last = std::move(placement);
      add(slippage[i], value);
    }
  }

  static void add(std::int64_t& sum, std::int64_t value) {
    if (__builtin_add_overflow(sum, value, &sum) || sum > INT64_MAX / 2 || sum < INT64_MIN / 2) refuse_sum("slippage");
  }

  const Grid& grid_;
  const RouterInfo* own_;
  cont_kukanov::Solver solver_;
  DayFacts facts_;
  std::vector<SliceCase> cases_;
};

/// The notebook's yardsticks under this model's rules: naive sweeps the book at arrival, TWAP every slice's book.
notebook::Baselines baselines_of(const SliceDay& day) {
  const auto shares = static_cast<double>(day.shares());
  if (shares == 0) return {};
  const double value = arrival_value(day);
  const auto from_slippage = [&](Yardstick yardstick) {
    const double slippage = 1e-9 * static_cast<double>(day.arrival_slippage(yardstick));
    const double cost = day.is_sell ? value - slippage : value + slippage;
    return notebook::Baseline{cost, cost / shares};
  };
  return {from_slippage(kImmediate), from_slippage(kAllMarket), {day.vwap * shares, day.vwap}};
}

class SliceBacktest : public Backtest {
 public:
  SliceBacktest(const Grid& grid, SliceSettings settings)
      : grid_(grid), shared_(std::make_shared<Shared>(grid)), settings_(std::move(settings)) {}

  bool is_sliced() const override { return true; }

  std::unique_ptr<DayEvaluation> prepare(DayData&& day, Engine engine) const override {
    const Stopwatch watch;
    EvaluationStats stats;
    auto made = make_slice_cases(day, settings_, grid_);
    DayFacts facts{day.key, {}, 0, baselines_of(made.facts), std::move(made.facts)};
    facts.counts.rows = day.quotes.rows();
    day.quotes = {};
    stats.books_seconds = watch.seconds();
    if (!has_candidates(settings_))
      return std::make_unique<EachEvaluation>(grid_, settings_, std::move(facts), std::move(made.cases));
    std::vector<Contenders> contenders(made.cases.size());
    std::vector<PrunedCandidates> pruned(made.cases.size());
    std::mutex mutex;
    parallel_ranges(made.cases.size(), 1, [&](std::size_t first, std::size_t last) {
      for (auto i = first; i < last; ++i) {
        const auto one = find_contenders(made.cases[i], engine, contenders[i], pruned[i]);
        const std::lock_guard lock(mutex);
        stats += one;
      }
    });
    auto evaluation =
        std::make_unique<AffineEvaluation>(shared_, engine, std::move(facts), std::move(contenders), std::move(pruned));
    evaluation->note(stats);
    return evaluation;
  }

  std::unique_ptr<DayEvaluation> restore(UnitResult&& unit) const override {
    auto pruned = prune_all(*shared_, unit.contenders);
    return std::make_unique<AffineEvaluation>(shared_, Engine::collapse, std::move(unit.facts),
                                              std::move(unit.contenders), std::move(pruned));
  }

 private:
  /// \param engine brute keeps all candidates
  /// \param pruned numbers the contenders
  EvaluationStats find_contenders(const SliceCase& slice, Engine engine, Contenders& contenders,
                                  PrunedCandidates& pruned) const {
    EvaluationStats stats;
    const Stopwatch watch;
    if (!cont_kukanov::is_by_model(slice.decided)) {
      contenders = only_market(slice);
      stats.candidates = 1;
      shared_->pruners.take()->prune(costs_of(*shared_, contenders), pruned);
      return stats;
    }
    const auto table = candidates_of(slice, settings_, grid_);
    stats.candidates = table.size();
    stats.tables_seconds = watch.seconds();
    const Stopwatch pruning;
    if (engine == Engine::brute) {
      pruned.candidate.resize(table.size());
      std::iota(pruned.candidate.begin(), pruned.candidate.end(), 0U);
    } else {
      const auto costs = shared_->view.costs(table.base(), table.under(), table.over(), table.sent(), table.spread());
      shared_->pruners.take()->prune(costs, pruned);
    }
    stats.pruning_seconds = pruning.seconds();
    const Stopwatch executing;
    contenders = pick(slice, table, pruned.candidate);
    std::iota(pruned.candidate.begin(), pruned.candidate.end(), 0U);
    stats.executing_seconds = executing.seconds();
    return stats;
  }

  const Grid& grid_;
  std::shared_ptr<Shared> shared_;
  SliceSettings settings_;
};

}  // namespace

void DayEvaluation::evaluate_metric(Metric, RowRange, std::span<std::int64_t>) const {
  throw Error(Exit::usage, "metrics need a router that works in slices, and the solver exact or pool");
}

std::unique_ptr<DayEvaluation> DayEvaluation::on(const Grid&) const {
  throw Error(Exit::internal, "this evaluation is not by regions of the grid");
}

EvaluationStats& EvaluationStats::operator+=(const EvaluationStats& other) {
  slices += other.slices;
  pooled += other.pooled;
  candidates += other.candidates;
  contenders += other.contenders;
  winners += other.winners;
  collapse += other.collapse;
  books_seconds += other.books_seconds;
  tables_seconds += other.tables_seconds;
  pruning_seconds += other.pruning_seconds;
  executing_seconds += other.executing_seconds;
  boxes_seconds += other.boxes_seconds;
  return *this;
}

bool has_candidates(const SliceSettings& settings) {
  return !settings.own && cont_kukanov::has_candidates(settings.solver);
}

std::unique_ptr<Backtest> make_slice_backtest(const Grid& grid, const SliceSettings& settings) {
  return std::make_unique<SliceBacktest>(grid, settings);
}

}  // namespace sorsweep
