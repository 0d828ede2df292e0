// Hunts for a problem on which the collapse and brute force differ. SORSWEEP_HUNT_ROUNDS is the number of problems and
// SORSWEEP_HUNT_SEED the seed of the first one; each has its own, so that one that fails can be run alone.
#include <bit>
#include <cstdlib>
#include <string>

#include "catch_compat.hpp"
#include "collapse/both_engines.hpp"

using namespace sorsweep;

namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::stoull(text) : otherwise;
}

std::int64_t magnitude(std::int64_t value) {
  return value < 0 ? -value : value;
}

int bits_of(std::int64_t value) {
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(magnitude(value))));
}

/// A grid and the candidates of a slice.
struct Problem {
  std::vector<std::vector<Nano>> axes;
  Slice slice;
};

/// Makes problems whose costs are below 2^`bits`, and which are hard on doubles: axes with one value whose terms leave
/// an int64 and cancel, candidates that differ by one, and planes that nearly meet in one point.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  Problem make() {
    bits_ = static_cast<int>(between(random_, 12, 63));
    const bool large = one_in(50);
    const auto axes = static_cast<std::size_t>(between(random_, 1, 4));
    for (std::size_t a = 0; a < axes; ++a) add_axis(axes, large ? 3 : 1);
    add_candidates(between(random_, 1, large ? 200 : 10));
    for (std::size_t a = 0; a < axes; ++a) place(a);
    if (one_in(2)) cancel();
    return {axes_, slice_};
  }

 private:
  bool one_in(std::int64_t n) { return between(random_, 1, n) == 1; }

  /// Returns a number of either sign with up to `bits` bits, of which all counts are equally likely.
  std::int64_t some(int bits) {
    const auto most = (std::int64_t{1} << between(random_, 0, std::max(bits, 0))) - 1;
    return between(random_, -most, most);
  }

  std::int64_t width(std::size_t axis) const { return axes_[axis].back() - axes_[axis].front(); }

  /// Adds an axis that begins at 0, with one value or more, evenly spaced or not.
  void add_axis(std::size_t axes, std::int64_t times) {
    constexpr std::array<std::int64_t, 4> longest = {40, 12, 6, 4};
    const auto values = one_in(2) ? 1 : between(random_, 2, times * longest[axes - 1]);
    const bool even = one_in(2);
    const auto step_bits = static_cast<int>(between(random_, 0, bits_ - 5 - bits_of(values)));
    const auto step = std::int64_t{1} << std::max(step_bits, 0);
    std::vector<Nano> axis{0};
    while (static_cast<std::int64_t>(axis.size()) < values)
      axis.push_back(axis.back() + (even ? step : between(random_, 1, step)));
    axes_.push_back(axis);
  }

  /// Adds candidates with their costs at the corner where all axes are 0.
  void add_candidates(std::int64_t count) {
    const auto apart = static_cast<int>(between(random_, 0, bits_ - 4));
    for (std::int64_t c = 0; c < count; ++c) {
      const auto twin = c > 0 && one_in(3) ? between(random_, 0, c - 1) : -1;
      auto base = twin < 0 ? some(apart) : slice_.base[static_cast<std::size_t>(twin)] + between(random_, -1, 1);
      for (std::size_t a = 0; a < axes_.size(); ++a) {
        const auto w = std::max<std::int64_t>(1, width(a));
        const auto most = (std::int64_t{1} << (bits_ - 4)) / w;
        auto slope = twin < 0 ? some(bits_of(most) - 1) : slice_.slope[a][static_cast<std::size_t>(twin)];
        if (twin >= 0 && one_in(4) && magnitude(slope) < most) slope += between(random_, -1, 1);
        if (twin < 0) base -= slope * (w / 2);  // the planes meet near the middle
        slice_.slope[a].push_back(slope);
      }
      slice_.base.push_back(base);
    }
  }

  /// Moves an axis away from 0, as far as its terms there stay below 2^60. The costs on the grid stay as they are.
  void place(std::size_t a) {
    std::int64_t steepest = 1;
    for (const auto slope : slice_.slope[a]) steepest = std::max(steepest, magnitude(slope));
    const auto by = one_in(3) ? 0 : some(60 - bits_of(steepest));
    for (auto& value : axes_[a]) value += by;
    for (std::size_t c = 0; c < slice_.base.size(); ++c) slice_.base[c] -= by * slice_.slope[a][c];
  }

  /// Gives two axes with one value terms that cancel up to a rest, whatever their size.
  void cancel() {
    std::vector<std::size_t> single;
    for (std::size_t a = 0; a < axes_.size(); ++a)
      if (axes_[a].size() == 1) single.push_back(a);
    if (single.size() < 2) return;
    const auto x = some(60), at = axes_[single[0]][0], other = axes_[single[1]][0];
    for (std::size_t c = 0; c < slice_.base.size(); ++c) {
      auto &first = slice_.slope[single[0]][c], &second = slice_.slope[single[1]][c];
      slice_.base[c] += at * first + other * second;
      const auto rest = some(58 - bits_of(x));
      first = some(60);
      second = first + rest;
      slice_.base[c] += x * rest;
    }
    axes_[single[0]] = {x};
    axes_[single[1]] = {-x};
  }

  Random random_;
  int bits_ = 0;
  std::vector<std::vector<Nano>> axes_;
  Slice slice_;
};

/// Returns the largest cost of a problem at a corner of its grid. Nothing wraps here.
__int128 largest_cost(const Problem& problem) {
  __int128 largest = 0;
  for (std::size_t corner = 0; corner < std::size_t{1} << problem.axes.size(); ++corner)
    for (std::size_t c = 0; c < problem.slice.base.size(); ++c) {
      __int128 cost = problem.slice.base[c];
      for (std::size_t a = 0; a < problem.axes.size(); ++a) {
        const auto& axis = problem.axes[a];
        cost += static_cast<__int128>(corner >> a & 1 ? axis.back() : axis.front()) * problem.slice.slope[a][c];
      }
      largest = std::max(largest, cost < 0 ? -cost : cost);
    }
  return largest;
}

}  // namespace

TEST_CASE("hunt for a difference between the collapse and brute force", "[collapse][hunt]") {
  const auto seed = setting("SORSWEEP_HUNT_SEED", 20'240'719);
  const auto rounds = setting("SORSWEEP_HUNT_ROUNDS", 3'000);
  std::uint64_t contested = 0;
  for (auto round = seed; round < seed + rounds; ++round) {
    INFO("SORSWEEP_HUNT_SEED=" << round << " SORSWEEP_HUNT_ROUNDS=1");
    const auto problem = Maker(round).make();
    if (largest_cost(problem) >= static_cast<__int128>(1) << 62) FAIL("the costs of this problem do not fit");
    const AffineGrid grid(problem.axes);
    const auto expected = brute(grid, {problem.slice});
    contested += expected.winners[0].size() > 2 ? 1 : 0;
    if (collapse(grid, {problem.slice}, grid.length(0)) != expected) FAIL("they differ");
    if (round % 4 == 0 && collapse(grid, {problem.slice}, 1 + round % 3) != expected) FAIL("they differ in slabs");
  }
  CHECK(contested >= rounds / 5);
}
