#include "collapse/hull_filter.hpp"

#include <random>
#include <set>

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

using Random = std::mt19937_64;

double whole(Random& random, int most) {
  return std::uniform_int_distribution<int>(-most, most)(random);
}

/// Makes candidates of whole numbers. Small ones tie often. Every third one is nearly the tangent of a bowl, so it is
/// likely to win.
template <int D>
BoxColumns<D> random_columns(Random& random, std::size_t size, int most) {
  BoxColumns<D> columns;
  columns.resize(size);
  for (std::size_t i = 0; i < size; ++i) {
    double bowl = 0;
    for (int a = 0; a < D; ++a) {
      const double slope = columns.column(1 + a)[i] = whole(random, most);
      bowl += slope * slope / most;
    }
    columns.column(0)[i] = i % 3 == 0 ? std::floor(bowl * 3) : std::floor(bowl * 3) + std::abs(whole(random, 4 * most));
    columns.column(D + 1)[i] = static_cast<double>(i);
  }
  columns.fill_up();
  return columns;
}

/// Returns the winners on a lattice of five points per axis. The lower position wins a tie. Sums of whole numbers are
/// exact.
template <int D>
std::set<std::uint32_t> lattice_winners(const BoxColumns<D>& columns, const std::array<double, D>& width) {
  std::set<std::uint32_t> winners;
  std::array<int, D> step{};
  for (;;) {
    std::array<double, D> at;
    for (std::size_t a = 0; a < D; ++a) at[a] = width[a] * step[a] / 4;
    std::uint32_t best = 0;
    for (std::uint32_t c = 1; c < columns.size(); ++c)
      if (columns.cost_at(c, at) < columns.cost_at(best, at)) best = c;
    winners.insert(best);
    std::size_t a = 0;
    while (a < D && ++step[a] == 5) step[a++] = 0;
    if (a == D) return winners;
  }
}

template <int D>
void keeps_winners() {
  Random random(20240700 + D);
  HullFilter<D> filter;
  std::vector<std::uint32_t> kept;
  for (int round = 0; round < 300; ++round) {
    const auto most = std::array{2, 30, 100'000}[static_cast<std::size_t>(round) % 3];
    auto columns = random_columns<D>(random, 1 + random() % 400, most);
    std::array<double, D> width;
    for (auto& w : width) w = 4 * static_cast<double>(1 + random() % 8);
    const double rounding = std::ldexp(100.0 * most, 10 - 53);
    for (const double margin : {0.0, rounding}) {
      columns.precision = {rounding, margin};
      filter.run(columns, width, kept);
      INFO("round " << round << ", margin " << margin);
      REQUIRE(std::ranges::is_sorted(kept));
      REQUIRE(std::ranges::includes(kept, lattice_winners<D>(columns, width)));
    }
  }
}

}  // namespace

TEST_CASE("the hull filter keeps whoever wins anywhere, ties included", "[sweep][collapse]") {
  keeps_winners<1>();
  keeps_winners<2>();
  keeps_winners<3>();
  keeps_winners<4>();
}

TEST_CASE("the hull filter keeps little else, whatever the unit of costs", "[sweep][collapse]") {
  for (const int scale : {1, 1 << 20}) {
    // Tangents of a bowl win near the point where they touch it. Planes that are one higher never do.
    BoxColumns<2> columns;
    columns.resize(2 * 21 * 21);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const double x = static_cast<double>(i / 2 % 21), y = static_cast<double>(i / 42);
      columns.column(0)[i] = scale * (x * x + y * y + static_cast<double>(i % 2));
      columns.column(1)[i] = -2 * x * scale;
      columns.column(2)[i] = -2 * y * scale;
      columns.column(3)[i] = static_cast<double>(i);
    }
    columns.fill_up();
    columns.precision.rounding = std::ldexp(scale * 1600.0, 10 - 53);
    std::vector<std::uint32_t> kept;
    HullFilter<2>().run(columns, {20, 20}, kept);
    CHECK(kept.size() == 21 * 21);
    CHECK(std::ranges::all_of(kept, [](auto c) { return c % 2 == 0; }));
  }
}

TEST_CASE("placements that differ by what changes nothing are kept once", "[sweep][collapse]") {
  BoxColumns<1> columns;
  columns.resize(100);
  for (std::size_t i = 0; i < 100; ++i) {
    columns.column(0)[i] = 7;
    columns.column(1)[i] = static_cast<double>(i % 10);  // equal at the lowest corner, where the first one wins
    columns.column(2)[i] = static_cast<double>(i);
  }
  columns.fill_up();
  columns.precision.rounding = 1e-9;
  std::vector<std::uint32_t> kept;
  HullFilter<1>().run(columns, {1'000}, kept);
  CHECK(kept == std::vector<std::uint32_t>{0});
}

TEST_CASE("a mixture rules out nobody who is below it at a corner", "[sweep][collapse]") {
  Random random(7);
  int ruled_out = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto columns = random_columns<2>(random, 4, 50);
    const auto members = random_columns<2>(random, 3, 50);
    Mixture<2> mixture;
    for (std::size_t m = 0; m < 3; ++m) {
      mixture.member[m] = members.plane(m);
      for (auto& w : mixture.weight[m]) w = whole(random, 10);
    }
    const auto above = mixture.above(Block<2>(columns, 0), {3, 5}, 1e-6);
    ruled_out += std::popcount(above);
    for (std::size_t c = 0; c < 4; ++c) {
      if (!(above >> c & 1)) continue;
      for (const double x : {0, 3})
        for (const double y : {0, 5}) {
          double cheapest = members.cost_at(0, {x, y});
          for (std::size_t m = 1; m < 3; ++m) cheapest = std::min(cheapest, members.cost_at(m, {x, y}));
          REQUIRE(columns.cost_at(c, {x, y}) > cheapest);
        }
    }
  }
  CHECK(ruled_out > 1'000);
}
