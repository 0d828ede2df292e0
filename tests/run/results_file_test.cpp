#include "run/results_file.hpp"

#include <filesystem>
#include <random>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "core/files.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;

namespace {

constexpr std::size_t kPoints = 200'000;

/// A day on which every point costs something else.
UnitResult random_day() {
  UnitResult day;
  day.surface = make_surface(kPoints, false);
  std::mt19937_64 random(7);
  for (auto& cost : day.surface.total_cost) cost = 1000 + 1e-17 * static_cast<double>(random());
  std::ranges::fill(day.surface.filled_shares, 5000);
  return day;
}

}  // namespace

TEST_CASE("results that hardly shrink have as much memory as they may, and no more", "[run][results_file]") {
  const TemporaryFolder folder;
  const Grid grid({linear_axis("lambda_over", 0, 1'000'000, kPoints), list_axis("lambda_under", {0}),
                   list_axis("theta_queue", {0})});
  Reducer reducer(grid, {5000, false, {}, 10}, 3);
  reducer.add(random_day());
  const auto summary = reducer.finish();
  const auto write = [&](const char* name, const ResultsRoom& room) {
    write_results_file(folder.path() / name, grid, &reducer, summary, {"run", "slippage_bps", ""}, room);
    return read_file(folder.path() / name, Exit::input);
  };
  // The costs and the objective take seven bytes each, the two other columns nearly none.
  const auto one = write("one", {1, 0, 14 * kPoints + 1'000'000});
  CHECK(one.size() > 12 * kPoints);
  CHECK(one.size() < 15 * kPoints);
  CHECK(one == write("another", {3, 20 * kPoints, 14 * kPoints + 1'000'000}));
  CHECK_THROWS_WITH(write("refused", {2, 0, 10 * kPoints}), Catch::Contains("results.h5 needs more than"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "refused"));
}
