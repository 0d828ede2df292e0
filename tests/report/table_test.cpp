#include "report/table.hpp"

#include "catch_compat.hpp"
#include "report/json.hpp"

using namespace sorsweep;

namespace {

Table example() {
  return {{{"name", Column::Look::text}, {"shares"}, {"price"}, {"bps", Column::Look::with_sign, 2}, {"note"}},
          {{"a", 1'234'567, Decimal{30'250'000'000}, 0.1, Cell()}, {"b", -5, Decimal{2'000'000'000}, -2.0, "-"}}};
}

}  // namespace

TEST_CASE("a table as CSV: every digit, nothing for empty cells", "[report]") {
  CHECK(to_csv(example()) == "name,shares,price,bps,note\na,1234567,30.25,0.1,\nb,-5,2,-2.0,-\n");
  CHECK(csv_rows({{{"x"}}, {}}).empty());
}

TEST_CASE("a table as text: aligned, rounded as each column asks, thousands apart", "[report]") {
  CHECK(to_text(example()) ==
        "name     shares  price    bps  note\n"
        "a     1,234,567  30.25  +0.10\n"
        "b            -5      2  -2.00     -\n");
}

TEST_CASE("a table as Markdown", "[report]") {
  CHECK(
      to_markdown(
          {{{"way", Column::Look::text}, {"cost", Column::Look::grouped, 1}, {"effect", Column::Look::significant, 3}},
           {{"x", 1234.56, 0.00012345}}}) == "| way | cost | effect |\n|---|---:|---:|\n| x | 1,234.6 | 0.000123 |\n");
}

TEST_CASE("a table as JSON: exact by rows, rounded for the page", "[report]") {
  CHECK(rows_json(example()).dump() == R"([{"name":"a","shares":1234567,"price":30.25,"bps":0.1,"note":null},)"
                                       R"({"name":"b","shares":-5,"price":2,"bps":-2.0,"note":"-"}])");
  CHECK(table_json({{{"x"}, {"y"}}, {{1.23456789012345, Decimal{2'000'000'000}}, {7, "0.50"}}}, 2).dump() ==
        R"({"columns":["x","y"],"rows":[[1.23456789,2],[7,"0.50"]],"rows_in_file":2})");
}

TEST_CASE("a column without a name stays empty in Markdown", "[report]") {
  CHECK(to_markdown({{{"way", Column::Look::text}, {"", Column::Look::text}}, {{"x", ""}}}) ==
        "| way | |\n|---|---|\n| x |  |\n");
}
