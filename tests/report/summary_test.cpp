// What a sweep prints and writes, of a run on snapshots that is made by hand.
#include "catch_compat.hpp"
#include "report/json.hpp"
#include "report/tables.hpp"

using namespace sorsweep;

namespace {

Grid two_points() {
  return Grid({list_axis("lambda_over", {5'000'000, 10'000'000})});
}

DaySummary day(unsigned number, double cost, double yardstick_price) {
  DaySummary day;
  day.facts.day = {"ABC", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(number)}};
  day.facts.counts.rows = 1'000;
  day.facts.snapshots = 900;
  day.facts.notebook_yardsticks.naive = {100 * yardstick_price, yardstick_price};
  day.best.total_cost = cost;
  day.best.filled_shares = 100;
  day.ties = 2;
  day.status = DayStatus::filled;
  return day;
}

SweepResults by_hand() {
  SweepSummary summary;
  summary.days = {day(8, 1'000, 10.01), day(9, 1'100, 11)};
  summary.best.total_cost = 2'100;
  summary.best.filled_shares = 200;
  summary.ties = 2;
  summary.ranking = {summary.best, summary.best};
  summary.ranking[1].point = 1;
  summary.notebook_yardsticks.naive = {2'101, 10.505};
  SweepResults results;
  results.structural_points = {{{}, summary}};
  results.ties = 2;
  results.result_hash = "abc";
  return results;
}

}  // namespace

TEST_CASE("tables: equal points share a rank, totals are those of all days", "[report]") {
  const auto grid = two_points();
  const auto results = by_hand();
  const auto answer = make_answer(grid, results, nothing_to_judge());
  CHECK(to_csv(answer.points) ==
        "rank,point,lambda_over,total_cost,avg_price,filled_shares,missing_shares\n"
        "1,0,0.005,2100.0,10.5,200.0,0.0\n"
        "1,1,0.01,2100.0,10.5,200.0,0.0\n");
  CHECK(to_csv(answer.axes).starts_with("axis,values,first,last,dead,"));
  CHECK(answer.axes.rows.size() == 1);
  CHECK(answer.days.rows.size() == 2);
  CHECK(answer.out_of_sample.rows.empty());
  CHECK(answer.totals.points == 2);
  CHECK(answer.totals.rows.rows == 2'000);
  CHECK(answer.totals.snapshots == 1'800);
}

TEST_CASE("structural values: numbers in the page's tables, in CSV as they were written", "[report]") {
  const auto grid = two_points();
  auto results = by_hand();
  results.structural_points.front().structural = {{"slice", "10m"}, {"lot", "100"}, {"tick", "0.010"}};
  const auto answer = make_answer(grid, results, nothing_to_judge());
  CHECK(to_csv(answer.days).find("\n10m,100,0.010,ABC,2024-07-08,") != std::string::npos);
  const auto row_of = [](const Table& table) { return table_json(table, 1)["rows"][0].dump(); };
  CHECK(row_of(answer.days).starts_with(R"(["10m",100,0.01,"ABC",)"));
  CHECK(row_of(answer.points).starts_with(R"([1,"10m",100,0.01,0,0.005,)"));
}

TEST_CASE("savings have one sign: positive is cheaper, for a sell order too", "[report]") {
  SweepSummary summary;
  CHECK(saved_bps(summary, {0, 10.01}, 10) == Approx(10));
  summary.is_sell = true;
  CHECK(saved_bps(summary, {0, 10.01}, 10) == Approx(-10));
}

TEST_CASE("summary: days, what the yardstick would have cost, ties", "[report]") {
  const auto grid = two_points();
  const auto results = by_hand();
  const auto answer = make_answer(grid, results, nothing_to_judge());
  const auto text = summary_text(answer);
  CHECK(text.find("ABC     2024-07-08  filled        900   100.0  1,000.00  10.0000        +10.00") != text.npos);
  CHECK(text.find("all     2 days                          200.0  2,100.00  10.5000         +4.76") != text.npos);
  CHECK(text.find("all 2 points cost the same") != text.npos);
  const auto page = summary_md(answer);
  CHECK(page.find("| **router** | 10.500000 | 2,100.00 |\n| naive | 10.505000 | 2,101.00 |\n") != page.npos);
  CHECK(page.find("- Robustness was not judged: the router's results do not depend on the parameters.\n") != page.npos);
  CHECK(page.find(" | effect | share of variance | |\n|---|---|---:|---:|---|\n"
                  "| lambda_over | 0.005 to 0.01 | 0 | 0.0 % | does nothing |\n") != page.npos);
  CHECK(page.ends_with("\nresult abc\n"));
}
