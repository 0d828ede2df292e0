#include "job/memory_plan.hpp"

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;

namespace {

Grid cube() {
  std::vector<Nano> values;
  for (Nano x = 1; x <= 100; ++x) values.push_back(x);
  return Grid({list_axis("lambda_over", values), list_axis("lambda_under", values), list_axis("theta_queue", values)});
}

}  // namespace

TEST_CASE("what days keep leaves less for slabs, and is refused where it leaves nothing", "[app][memory]") {
  const auto grid = cube();
  const ReduceOptions reduce{1000, true, {Objective::Kind::slippage_bps, 0}, 100};
  const Resources resources{1, summary_bytes(grid) + 20'000'000};  // without the summary nothing is walked
  const auto slabs = [&](std::uint64_t contenders) { return plan_slabs(grid, reduce, contenders, resources); };
  CHECK(slabs(0) == 4);
  CHECK(slabs(110'000) > 4);  // 2.4 MB are left
  CHECK(slabs(110'000) <= grid.rows());
  CHECK_THROWS_WITH(slabs(1'000'000), Catch::Contains("the days keep 1,000,000 placements"));
  try {
    slabs(1'000'000);
  } catch (const Error& error) {
    CHECK(error.code() == Exit::resources);
  }
}
