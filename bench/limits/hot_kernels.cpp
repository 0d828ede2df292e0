#include "limits/hot_kernels.hpp"

#include <cmath>

#include "collapse/box_columns.hpp"
#include "collapse/mixture.hpp"
#include "instances.hpp"
#include "reduce/point_sums.hpp"
#include "sorsweep/collapse/collapse.hpp"

namespace sorsweep::bench {
namespace {

using cont_kukanov::CandidateTable;
using Columns = BoxColumns<3>;

/// Returns the width of the pinned grid's box.
constexpr std::array<double, 3> kWidth = {40e6, 60e6, 5e6};

/// Returns the first `count` candidates as the root of a box tree holds them.
Columns columns_of(const AffineCosts& costs, std::size_t count) {
  Columns columns;
  columns.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    columns.column(Columns::kCost)[i] = static_cast<double>(costs.base[i]);
    for (std::size_t a = 0; a < 3; ++a)
      columns.column(Columns::kSlope + static_cast<int>(a))[i] = static_cast<double>(costs.slope[a][i]);
    columns.column(Columns::kId)[i] = static_cast<double>(i);
  }
  columns.fill_up();
  return columns;
}

/// Measures Mixture::above, which tries a recent mean on four candidates, about 60 times for each. It is the hottest
/// loop of pruning. A candidate's cost and three slopes are loaded: 4 · 8 bytes. For each of four members there are 16
/// operations: a weight (three products, three sums), its maximum with 0, its addition to the total, and a product and
/// a sum for four means. Then come cost · total − mean (2), for each of three axes slope · total − mean, min with 0, ·
/// width, + (5), and margin · total with the comparison (2): 4 · 16 + 2 + 3 · 5 + 2 = 83.
HotKernel mean_of_hull(const Effort& effort, const CandidateTable& table) {
  constexpr std::size_t count = 5000;
  const auto columns = columns_of(costs_of(table), count);
  Mixture<3> mixture;
  for (std::size_t m = 0; m < mixture.member.size(); ++m) {
    mixture.member[m] = columns.plane(m);
    mixture.weight[m] = {0.25, 1e-9, 1e-9, 1e-9};
  }
  unsigned above = 0;
  const double runs = best_rate(effort.seconds, [&] {
    for (std::size_t at = 0; at < count; at += kLanes) above += mixture.above(Block<3>(columns, at), kWidth, 1);
    asm volatile("" : "+r"(above) : : "memory");
  });
  return {"hull filter",
          "candidate x mean",
          runs * count,
          32,
          83,
          Bound::fma,
          "5000 candidates of 32 bytes: in the second-level cache"};
}

/// Measures BoxColumns::filter with the planes of the eight corners' winners, as BoxTree narrows a box. A candidate
/// loads its cost, three slopes and id, and stores them closer together. These are 80 bytes, or 10 for each plane,
/// because planes stay in registers and the first-level cache. The operations for each plane are cost − plane (1), for
/// three axes slope − plane, min with 0, · width, + (4), a comparison (1), and a share of four more: 1 + 3 · 4 + 1 + 4
/// = 18.
HotKernel box_filter(const Effort& effort, const CandidateTable& table) {
  constexpr std::size_t count = 200;
  auto columns = columns_of(costs_of(table), count);
  columns.precision.margin = 1e300;
  constexpr std::array<std::uint32_t, 8> by = {0, 1, 2, 3, 4, 5, 6, 7};
  const double runs = best_rate(effort.seconds, [&] {
    for (int i = 0; i < 100; ++i) columns.drop_beaten(by, kWidth);
  });
  return {"box filter",
          "candidate x plane",
          100 * runs * count * by.size(),
          10,
          18,
          Bound::fma,
          "200 candidates, 8 planes, all kept: in the first-level cache"};
}

/// Measures BoxColumns::cheapest_at_corners. The cost at a corner takes three products and three sums, then come a
/// comparison, a minimum and the selection of the winner. Eight corners share the sum of the position, so there are 9.1
/// operations. Four numbers are loaded for eight corners.
HotKernel box_corners(const Effort& effort, const CandidateTable& table) {
  constexpr std::size_t count = 200;
  const auto columns = columns_of(costs_of(table), count);
  std::size_t sum = 0;
  const double runs = best_rate(effort.seconds, [&] {
    for (int i = 0; i < 100; ++i) {
      sum += columns.cheapest_at_corners(kWidth)[7];
      asm volatile("" : "+r"(sum) : : "memory");
    }
  });
  return {"box corners",
          "candidate x corner",
          100 * runs * count * 8,
          4,
          9.1,
          Bound::fma,
          "200 candidates: in the first-level cache"};
}

/// Measures the innermost loop, `shortfall`, of a placement for each sample. Two fills are loaded: 2 · 4 bytes. Two
/// subtractions and a maximum in lanes of 32 bits count as half an operation each (3/2), then the result is widened to
/// 64 bits and added (2). The rows that placements with equal first orders share are added up once for all of them.
/// They are about 1/6 more, and are not counted.
HotKernel candidate_table(const Effort& effort) {
  const auto problem = pinned_problem(4);
  std::size_t placements = 0;
  const double runs = best_rate(effort.seconds, [&] { placements = CandidateTable(problem, kMostCandidates).size(); });
  return {"candidate table",
          "placement x sample",
          runs * static_cast<double>(placements) * static_cast<double>(problem.samples()),
          8,
          3.5,
          Bound::integer,
          "four venues, 500 samples: fills of 88 KiB in the second-level cache"};
}

/// Measures the running sum along rows: one change is loaded, one value stored, and one addition made.
HotKernel integrate(const Effort& effort, const CandidateTable& table) {
  const auto points = static_cast<std::size_t>(std::cbrt(static_cast<double>(effort.copy_bytes / 8)));
  const auto grid = pinned_grid(points);
  PrunedCandidates kept;
  Pruner(grid).prune(costs_of(table), kept);
  SlabSurface slab(grid);
  slab.reset({0, points});
  slab.add_slice(kept, value_of);
  std::vector<std::int64_t> surface(grid.size());
  const double runs = best_rate(effort.seconds, [&] { slab.integrate(surface); });
  return {"integration",
          "point",
          runs * static_cast<double>(grid.size()),
          16,
          1,
          Bound::memory,
          "arrays as large as those of the copy"};
}

/// Measures SlippageSums::add of a later day. The day's value is loaded from memory once, because its blocks stay in
/// the second-level cache between passes. Slippage, bps, spread and worst are loaded and stored: 8 + 4 · 16 bytes. The
/// operations are 1 for the least value, 2 + 8 for the spread (conversion to double; + drift, · scale, a quotient, two
/// sums, two differences and a product), and 9 for the sums (the value again 4, a checked sum 3, a sum and a maximum
/// 2): 20.
HotKernel add_day(const Effort& effort) {
  const std::size_t points = effort.copy_bytes / 40;
  const auto surface = pinned_slippage(points);
  const auto facts = pinned_facts();
  const auto sums = make_point_sums({76'000, true, {Objective::Kind::slippage_bps, 0}, 0, 2});
  sums->reset(points);
  sums->add(facts, {{}, {}, surface});
  const double runs = best_rate(effort.seconds, [&] { sums->add(facts, {{}, {}, surface}); });
  return {"reducer, later day",
          "point",
          runs * static_cast<double>(points),
          72,
          20,
          Bound::memory,
          "five arrays, together as large as one of the copy"};
}

}  // namespace

double HotKernel::share_of(const Limits& limits) const {
  switch (bound) {
    case Bound::memory:
      return rate_per_s * bytes_per_unit / limits.copy_bytes_per_s;
    case Bound::integer:
      return rate_per_s * ops_per_unit / limits.int_ops_per_s;
    case Bound::fma:
      return rate_per_s * ops_per_unit / limits.fma_flops_per_s;
  }
  return 0;
}

std::vector<HotKernel> measure_hot_kernels(const Effort& effort) {
  const CandidateTable table(pinned_problem(4), kMostCandidates);
  return {mean_of_hull(effort, table), candidate_table(effort),  box_corners(effort, table),
          box_filter(effort, table),   integrate(effort, table), add_day(effort)};
}

}  // namespace sorsweep::bench
