#include "sorsweep/collapse/collapse.hpp"

#include <rapidcheck.h>

#include <numeric>

#include "catch_compat.hpp"
#include "collapse/both_engines.hpp"
#include "collapse/effective_axes.hpp"
#include "collapse/point_array.hpp"
#include "core/error.hpp"
#include "sorsweep/router/candidates.hpp"

using namespace sorsweep;

namespace {

/// Says how large the numbers of a problem are, which decides how often candidates tie.
struct Sizes {
  std::int64_t base, slope, value;
};

/// In all shapes |cost| ≤ base + 4 · slope · value stays within 2^62.
const std::vector<Sizes> kSizes = {
    {3, 1, 3},
    {20, 3, 10},
    {1'000, 40, 30},
    {4'000'000'000'000, 500'000, 100'000'000},
    {std::int64_t{1} << 50, std::int64_t{1} << 20, std::int64_t{1} << 29},
    {std::int64_t{1} << 61, std::int64_t{1} << 29, std::int64_t{1} << 30},
    {std::int64_t{1} << 61, 2, std::int64_t{1} << 57},
    {std::int64_t{1} << 61, std::int64_t{1} << 54, 32},  // slopes that no double holds
};

std::vector<Nano> random_axis(Random& random, const Sizes& sizes, std::size_t longest) {
  const auto length = between(random, 0, 5) == 0 ? 1 : between(random, 1, static_cast<std::int64_t>(longest));
  std::set<Nano> values;
  if (between(random, 0, 1)) {  // even steps, as configurations have them
    const auto step = between(random, 1, std::max<std::int64_t>(1, 2 * sizes.value / length));
    for (std::int64_t i = 0; i < length; ++i) values.insert(-sizes.value + i * step);
    return {values.begin(), values.end()};
  }
  for (std::int64_t i = 0; i < length; ++i) values.insert(between(random, -sizes.value, sizes.value));
  return {values.begin(), values.end()};
}

AffineGrid random_grid(Random& random, const Sizes& sizes) {
  const std::array<std::size_t, 4> longest = {300, 40, 14, 8};
  const auto dimensions = static_cast<std::size_t>(between(random, 1, 4));
  std::vector<std::vector<Nano>> axes;
  for (std::size_t a = 0; a < dimensions; ++a) axes.push_back(random_axis(random, sizes, longest[dimensions - 1]));
  return AffineGrid(axes);
}

Slice random_slice(Random& random, const Sizes& sizes, std::size_t axes) {
  Slice slice;
  const auto count = between(random, 1, between(random, 0, 3) == 0 ? 300 : 12);
  std::array<std::int64_t, kMostAffineAxes> dead{};
  for (auto& d : dead) d = between(random, 0, 4) == 0 ? 1 : 0;
  const bool convex = between(random, 0, 1) == 1;  // else few candidates win anywhere
  for (std::int64_t c = 0; c < count; ++c) {
    if (c > 0 && between(random, 0, 9) == 0) {  // a duplicate
      const auto twin = static_cast<std::size_t>(between(random, 0, c - 1));
      slice.base.push_back(slice.base[twin]);
      for (std::size_t a = 0; a < axes; ++a) slice.slope[a].push_back(slice.slope[a][twin]);
      continue;
    }
    double steep = 0;
    for (std::size_t a = 0; a < axes; ++a) {
      slice.slope[a].push_back(dead[a] ? sizes.slope / 2 : between(random, -sizes.slope, sizes.slope));
      const double relative = static_cast<double>(slice.slope[a].back()) / static_cast<double>(sizes.slope);
      steep += relative * relative / 8;
    }
    slice.base.push_back(convex ? static_cast<std::int64_t>(static_cast<double>(sizes.base) * (steep - 0.25) * 0.99)
                                : between(random, -sizes.base, sizes.base));
  }
  return slice;
}

}  // namespace

TEST_CASE("collapse equals brute force to the last bit, whatever the problem and the slabs", "[sweep][collapse]") {
  Random random(20240611);
  for (int round = 0; round < 4000; ++round) {
    const auto& sizes = kSizes[static_cast<std::size_t>(round) % kSizes.size()];
    const auto grid = random_grid(random, sizes);
    std::vector<Slice> slices;
    for (auto s = between(random, 1, 3); s > 0; --s) slices.push_back(random_slice(random, sizes, grid.axes()));
    const auto expected = brute(grid, slices);
    INFO("round " << round);
    REQUIRE(collapse(grid, slices, grid.length(0)) == expected);
    REQUIRE(collapse(grid, slices, static_cast<std::size_t>(between(random, 1, 5))) == expected);
  }
}

TEST_CASE("slopes that are equal as doubles only are told apart", "[sweep][collapse]") {
  const std::int64_t steep = std::int64_t{1} << 54;
  const AffineGrid grid({{0, 1}, {-9, -5, -4, -3, -2, 0, 7}});
  const Slice slice{{0, 3}, {{{0, 0}, {steep, steep + 1}, {}, {}}}};
  const auto expected = brute(grid, {slice});
  CHECK(expected.winners[0] == std::vector<std::uint32_t>{0, 1});
  CHECK(collapse(grid, {slice}, 2) == expected);
}

TEST_CASE("large terms that cancel over axes with one value leave no false trust in doubles", "[sweep][collapse]") {
  // Fees and half-spread of about −1000 and 1000 dollars leave some nano-dollars a share. In doubles the sums of these
  // terms are wrong by as much.
  SliceProblem problem;
  problem.lots = 40;
  problem.lot = 101;
  problem.taker_fee = -999'999'999'930;
  std::mt19937_64 random(3);
  for (std::int64_t k = 0; k < 2; ++k) problem.queues.push_back({300 * k, -999'999'999'937, {}});
  for (int n = 0; n < 200; ++n)
    for (auto& queue : problem.queues) queue.outflow.push_back(static_cast<std::int64_t>(random() % 2'000));
  const cont_kukanov::CandidateTable table(problem, 100'000);
  const auto columns = [](std::span<const std::int64_t> column) { return std::vector(column.begin(), column.end()); };
  const Slice slice{columns(table.base()),
                    {columns(table.over()), columns(table.under()), columns(table.sent()), columns(table.spread())}};
  std::vector<Nano> penalty(15), theta(7);
  std::iota(penalty.begin(), penalty.end(), 1);
  std::iota(theta.begin(), theta.end(), 0);
  const AffineGrid grid({penalty, penalty, theta, {999'999'999'937}});
  const auto expected = brute(grid, {slice});
  CHECK(grid.size() == 1'575);
  CHECK(expected.winners[0].size() > 100);
  CHECK(collapse(grid, {slice}, 15) == expected);
  CHECK(collapse(grid, {slice}, 4) == expected);
}

TEST_CASE("costs that are equal as doubles only are told apart", "[sweep][collapse]") {
  const std::int64_t large = std::int64_t{1} << 53;
  const AffineGrid grid({{0, 1, 2}});
  for (const std::int64_t sign : {1, -1}) {
    const Slice slice{{sign * large + 1, sign * large}, {{{0, 0}, {}, {}, {}}}};  // the first is dearer by one
    CHECK(collapse(grid, {slice}, 3) == brute(grid, {slice}));
    const Slice sloping{{sign * large + 1, sign * large}, {{{0, 1}, {}, {}, {}}}};  // and cheaper from index 2 on
    CHECK(collapse(grid, {sloping}, 3) == brute(grid, {sloping}));
  }
}

TEST_CASE("costs may come as near to 2^62 as they please, and axes may be as wide as an int64", "[sweep][collapse]") {
  constexpr std::int64_t most = (std::int64_t{1} << 62) - 1;
  const AffineGrid steep({{-1, 0, 1}, {7}});
  const Slice crossing{{0, 0, 1}, {{{most, -most, 0}, {0, 0, 0}, {}, {}}}};
  const auto expected = brute(steep, {crossing});
  CHECK(expected.winners[0] == std::vector<std::uint32_t>{0, 1});
  CHECK(collapse(steep, {crossing}, 3) == expected);
  const Slice level{{most, -most, most - 1}, {{{0, 0, 0}, {0, 0, 0}, {}, {}}}};
  CHECK(collapse(steep, {level}, 1) == brute(steep, {level}));
  const AffineGrid wide({{INT64_MIN, 0, INT64_MAX}, {0, 1}});
  const Slice flat{{5, 4}, {{{0, 0}, {0, 2}, {}, {}}}};
  CHECK(collapse(wide, {flat}, 2) == brute(wide, {flat}));
}

TEST_CASE("brute force is the definition, point by point", "[sweep][collapse]") {
  CHECK(rc::check([] {
    Random random(*rc::gen::arbitrary<std::uint64_t>());
    const auto& sizes = kSizes[static_cast<std::size_t>(between(random, 0, 3))];
    const auto grid = random_grid(random, sizes);
    const auto slice = random_slice(random, sizes, grid.axes());
    std::vector<std::uint32_t> winners(grid.size());
    brute_force_winners(grid, slice.view(), {0, grid.length(0)}, winners);
    for (std::size_t point = 0; point < grid.size(); ++point) {
      std::uint32_t best = 0;
      __int128 least = 0;
      for (std::uint32_t c = 0; c < slice.base.size(); ++c) {
        __int128 cost = slice.base[c];
        auto rest = point;
        for (std::size_t a = grid.axes(); a-- > 0;) {
          cost += static_cast<__int128>(slice.slope[a][c]) * grid.values(a)[rest % grid.length(a)];
          rest /= grid.length(a);
        }
        if (c == 0 || cost < least) {
          least = cost;
          best = c;
        }
      }
      RC_ASSERT(winners[point] == best);
    }
  }));
}

TEST_CASE("the pinned instance of the prototype at 50^3 points", "[sweep][collapse]") {
  SliceProblem problem;
  problem.lots = 10;
  problem.lot = 100;
  problem.half_spread = 5'000'000;
  problem.taker_fee = 3'000'000;
  std::mt19937_64 random(7);
  for (std::int64_t k = 0; k < 3; ++k) problem.queues.push_back({1500 + 200 * k, 2'000'000 + 200'000 * k, {}});
  for (int n = 0; n < 500; ++n) {
    for (auto& queue : problem.queues) {
      std::exponential_distribution<double> outflow(1 / 2200.0);
      queue.outflow.push_back(static_cast<std::int64_t>(outflow(random)));
    }
  }
  const cont_kukanov::CandidateTable table(problem, 10'000);
  Slice slice;
  for (std::size_t c = 0; c < table.size(); ++c) {
    const auto numbers = table.coefficients(c);
    slice.base.push_back(numbers.base);
    slice.slope[0].push_back(numbers.over);
    slice.slope[1].push_back(numbers.under);
    slice.slope[2].push_back(numbers.sent);
  }
  std::vector<std::vector<Nano>> axes(3);
  for (Nano i = 0; i < 50; ++i) {
    axes[0].push_back(8'000'000 + i * 40'000'000 / 50);
    axes[1].push_back(8'000'000 + i * 60'000'000 / 50);
    axes[2].push_back(i * 5'000'000 / 50);
  }
  const AffineGrid grid(axes);
  const auto expected = brute(grid, {slice});
  CHECK(expected.winners[0].size() > 20);
  CHECK(collapse(grid, {slice}, 50) == expected);
  CHECK(collapse(grid, {slice}, 7) == expected);
}

TEST_CASE("grids that cannot be walked are refused", "[sweep][collapse]") {
  CHECK_THROWS_AS(AffineGrid({}), Error);
  CHECK_THROWS_AS(AffineGrid({{1}, {2}, {3}, {4}, {5}}), Error);
  CHECK_THROWS_AS(AffineGrid({{1, 2}, {}}), Error);
  CHECK_THROWS_AS(AffineGrid({{1, 1}}), Error);
  CHECK_THROWS_AS(AffineGrid({{2, 1}}), Error);
  SlabSurface slab(AffineGrid({{1, 2, 3}}));
  CHECK_THROWS_AS(slab.reset({1, 1}), Error);
  CHECK_THROWS_AS(slab.reset({2, 4}), Error);
}

TEST_CASE("axes with one value are no dimension of the search", "[collapse]") {
  const EffectiveAxes axes(AffineGrid({{7}, {1, 2, 3}, {0, 5}, {9}}));
  CHECK(axes.count == 2);
  CHECK(axes.axis[0] == 1);
  CHECK(axes.axis[1] == 2);
  CHECK(axes.x[0] == std::vector<double>{0, 1, 2});  // from the first value on
  CHECK(axes.nano[1] == std::vector<std::int64_t>{0, 5});
  CHECK(axes.fastest.guess(4, 0, 1) == 1);
  CHECK(EffectiveAxes(AffineGrid({{7}, {8}})).count == 1);
  const EffectiveAxes wide(AffineGrid({{INT64_MIN, INT64_MAX}}));
  CHECK(wide.x[0] == std::vector<double>{0, std::ldexp(1, 64)});
}

TEST_CASE("precision follows from magnitudes, and differences are exact below 2^51", "[collapse]") {
  const EffectiveAxes axes(AffineGrid({{0, 4}}));
  const auto of = [&](std::int64_t base, std::int64_t slope) {
    return precision_of(axes, std::vector{std::int64_t{0}, base}, {std::vector{std::int64_t{0}, slope}});
  };
  constexpr std::int64_t half = std::int64_t{1} << 50;
  CHECK(of(half, (half - 4) / 4).is_exact());
  CHECK_FALSE(of(half, half / 4).is_exact());
  CHECK_FALSE(of(-half, half / 4).is_exact());  // 0 at the far end
  CHECK(of(-half, half / 4).margin == std::ldexp(1024.0, 51 - 53));
  CHECK(of(-half, half / 4).rounding == of(half, half / 4).rounding);
}

TEST_CASE("an array of points begins with zeros, also when its memory is used again", "[collapse]") {
  PointArray array;
  array.assign_zeros(3);
  array.values()[1] = 5;
  array.assign_zeros(2);
  REQUIRE(array.values().size() == 2);
  CHECK(array.values()[0] == 0);
  CHECK(array.values()[1] == 0);
}
