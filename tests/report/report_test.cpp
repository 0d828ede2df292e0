#include "catch_compat.hpp"
#include "core/error.hpp"
#include "report/html.hpp"
#include "report/report_parts.hpp"

using namespace sorsweep;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Grid small_grid() {
  return Grid({linear_axis("lambda_over", 10'000'000, 20'000'000, 2), linear_axis("lambda_under", 0, 30'000'000, 4),
               list_axis("theta_queue", {300'000})});
}

/// Makes two placements. The second is cheaper from a λ_under of 15,000,000 on.
Contenders two_contenders() {
  Contenders contenders{{0, 1}, {0, 15'000'000}, {1, 0}, {0, 0}, {0, 0}, {0, 0}, {}};
  contenders.fills = {{0, 1'200, 0, 200, -5'000'000'000}, {1'000, 0, 0, 0, 7'000'000'000}};
  return contenders;
}

DayFacts one_slice() {
  DayFacts facts;
  facts.day = {"ABC", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(8)}};
  SliceRecord slice;
  slice.begin_ns = 1'720'445'700'000'000'000;  // 2024-07-08 13:35 UTC
  slice.shares = 1'000;
  slice.best_bid = 9'990'000'000;
  slice.best_ask = 10'010'000'000;
  facts.slices.slices = {slice};
  return facts;
}

}  // namespace

TEST_CASE("tables become columns and rows, numbers where they are numbers", "[report]") {
  ReportTables tables{R"({"objective":1})", "", {}, {}, {}};
  tables.days = {{{"symbol"}, {"date"}, {"bps"}}, {{"ABC", "2024-07-08", -4.25}, {"DEF", "2024-07-09", Cell()}}};
  const auto text = report_document(tables, {});
  CHECK(contains(text, R"("columns":["symbol","date","bps"])"));
  CHECK(contains(text, R"(["ABC","2024-07-08",-4.25],["DEF","2024-07-09",""])"));
  CHECK(contains(text, R"("rows_in_file":2)"));
  CHECK(contains(text, R"("manifest":null)"));
}

TEST_CASE("only the top of a long table is taken, and its length is told", "[report]") {
  ReportTables tables{"{}", "{}", {}, {}, {}};
  tables.points.add_columns({"rank", "point"});
  for (int i = 1; i <= 400; ++i) tables.points.rows.push_back({i, 7});
  const auto text = report_document(tables, {});
  CHECK(contains(text, "[25,7]]"));
  CHECK(contains(text, R"("rows_in_file":400)"));
}

TEST_CASE("files are put in on one line, their texts as they are", "[report]") {
  const auto text = report_document({"{\n  \"a\": [1, 2.5],\n  \"b\": \"x, \\\" y \\\\\"\n}\n", "{}", {}, {}, {}}, {});
  CHECK(contains(text, R"("best":{"a":[1,2.5],"b":"x, \" y \\"},"manifest":{},)"));
}

TEST_CASE("who computed the run: totals of all processes, rows of the first hundred", "[report]") {
  ReportParts parts;
  parts.computation.emplace().efficiency = 0.5;
  for (int i = 0; i < 150; ++i) {
    auto& process = parts.computation->processes.emplace_back();
    process.host = std::string(i % 2 ? "n1" : "n2");
    process.threads = 2;
    process.restart = i == 0 ? 0 : 1;
    process.units_computed = 3;
    process.seconds = 10;
    process.busy_seconds = 5;
  }
  const auto text = report_document({"{}", "{}", {}, {}, {}}, parts);
  CHECK(contains(text, R"("efficiency":0.5,"busy_seconds":750,"units_computed":450,"hosts":2,"restarts":149,)"));
  CHECK(contains(text, R"("processes_in_logs":150,"processes":[{"host":"n2","shard":"","threads":2,)"));
  CHECK_FALSE(contains(report_document({"{}", "{}", {}, {}, {}}, {}), "computation"));
}

TEST_CASE("a damaged manifest is named", "[report]") {
  CHECK_THROWS_AS(report_document({"{}", "{", {}, {}, {}}, {}), Error);
}

TEST_CASE("nothing in the document ends the page's script", "[report]") {
  const auto page = make_report_html(R"({"host":"</script><!-- @VEGA@"})");
  CHECK(contains(page, R"({"host":"\u003c/script>\u003c!-- @VEGA@"})"));
}

TEST_CASE("regions by winner: numbers of placements, as many as there are cells", "[report]") {
  const auto grid = small_grid();
  const auto all = report_winners(grid, 0, one_slice(), {two_contenders()});
  REQUIRE(all.size() == 1);
  CHECK(all[0].label == "ABC 2024-07-08 13:35 UTC");
  CHECK(all[0].fixed == "theta_queue at 0.0003 dollars a share");
  CHECK(all[0].cell == std::vector<std::uint32_t>{0, 0, 1, 1, 0, 0, 1, 1});  // λ_under 0, 1, 2, 3 cents
  CHECK(all[0].placements == std::vector<std::string>{"1,200 limit, 200 unwound", "1,000 market"});
}

TEST_CASE("the execution of a point: its placement's fills at the book's prices", "[report]") {
  const auto day = report_execution(small_grid(), 0, one_slice(), {two_contenders()});
  REQUIRE(day.slices.size() == 1);
  CHECK(day.slices[0].slippage == -5);
  REQUIRE(day.fills.size() == 2);
  CHECK(day.fills[0].kind == "limit");
  CHECK(day.fills[0].price == 9.99);
  CHECK(day.fills[1].kind == "unwound");
  CHECK(day.fills[1].shares == 200);
}

TEST_CASE("the surface keeps the bins' first and last values", "[report]") {
  Regions regions;
  regions.begin = {{{0, 2}, {0, 2, 4}, {0, 1}, {0, 1}}};
  regions.least = {1, 2};
  regions.mean = {3, 4};
  regions.most = {5, 6};
  regions.best_point = {0, 2};
  const auto surface = report_surface(small_grid(), regions, "bps");
  REQUIRE(surface.axes.size() == 3);
  CHECK(surface.axes[1].first == std::vector<double>{0, 0.02});
  CHECK(surface.axes[1].last == std::vector<double>{0.01, 0.03});
  CHECK(surface.axes[1].points == std::vector<std::uint64_t>{2, 2});
}
