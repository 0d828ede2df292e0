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

/// The width of the pinned grid's box.
constexpr std::array<double, 3> kWidth = {40e6, 60e6, 5e6};

/// The first `count` candidates as the root of a box tree has them.
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

/// Mixture::above, the try of a recent mean on four candidates, some 60 times for each: the hottest loop of pruning. A
/// candidate's cost and three slopes are loaded, 4 · 8 bytes. Its arithmetic: for each of four members a weight (three
/// products, three sums), its maximum with 0, the total's +, and product and + for four means: 16; then cost · total −
/// mean, for each of three axes slope · total − mean, min with 0, · width, +; margin · total and the comparison:
/// 4 · 16 + 2 + 3 · 5 + 2 = 83.
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

/// BoxColumns::filter with the planes of the eight corners' winners, as BoxTree narrows a box. A candidate loads its cost,
/// three slopes and id, and stores them closer together: 80 bytes, as planes stay in registers and the first cache; so 10
/// for each plane. Operations for each: cost − plane; for three axes slope − plane, min with 0, · width, +; a comparison; its
/// share of four more: 1 + 3·4 + 1 + 4 = 18.
HotKernel box_filter(const Effort& effort, const CandidateTable& table) {
  constexpr std::size_t count = 200;
  auto columns = columns_of(costs_of(table), count);
  constexpr std::array<std::uint32_t, 8> by = {0, 1, 2, 3, 4, 5, 6, 7};
  const double runs = best_rate(effort.seconds, [&] {
    for (int i = 0; i < 100; ++i) columns.drop_beaten(by, kWidth, 1e300);
  });
  return {"box filter",
          "candidate x plane",
          100 * runs * count * by.size(),
          10,
          18,
          Bound::fma,
          "200 candidates, 8 planes, all kept: in the first-level cache"};
}

/// BoxColumns::cheapest_at_corners: the cost at a corner is three products and three sums, then comparison, min and
/// selection of the winner; the position's + is shared by eight corners: 9.1. Bytes: four numbers for eight corners.
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

/// The innermost loop, `shortfall`, of a placement for each sample: two fills loaded, 2 · 4 bytes. In lanes of 32 bits,
/// half an operation of 64 each: two subtractions and a maximum, 3/2; the result made 64 bits wide and added, 2. The rows
/// that placements with equal first orders share are added up once for all of them, ~1/6 more: not counted.
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

/// The running sum along rows: a change loaded, a value stored, one addition.
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

/// SlippageSums::add of a later day: the day's value loaded from memory once (its blocks stay in the second-level cache
/// between passes), slippage, bps, spread and worst loaded and stored: 8 + 4 · 16 bytes. Operations: least 1; spread: to
/// double 2, + drift, · scale, a quotient, two sums, two differences, a product, + 10; sums: the same value again 4, + and
/// its check 3, + and maximum 2: 20.
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
