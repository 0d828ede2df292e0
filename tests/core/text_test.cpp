#include "core/text.hpp"

#include "catch_compat.hpp"

using namespace sorsweep;

TEST_CASE("a mistyped word finds its neighbour, a strange one none", "[core][text]") {
  const std::vector<std::string> known = {"lambda_over", "lambda_under", "theta_queue"};
  CHECK(did_you_mean("lamda_over", known) == "did you mean «lambda_over»?");
  CHECK(did_you_mean("lambda_udner", known) == "did you mean «lambda_under»?");
  CHECK(did_you_mean("colour", known).empty());
}

TEST_CASE("sizes are read with their units", "[core][text]") {
  CHECK(parse_bytes("4GiB") == 4ULL << 30);
  CHECK(parse_bytes("1000") == 1000);
  CHECK(parse_bytes("2MB") == 2'000'000);
  for (const char* text : {"", "GiB", "4 GiB", "4gib", "-1", "99999999999TiB"})
    CHECK_FALSE(parse_bytes(text).has_value());
}

TEST_CASE("numbers are grouped for people", "[core][text]") {
  CHECK(format_count(0) == "0");
  CHECK(format_count(999) == "999");
  CHECK(format_count(1000) == "1,000");
  CHECK(format_count(1234567) == "1,234,567");
  CHECK(format_seconds(75.2) == "1m15s");
  CHECK(format_seconds(3700) == "1h01m");
}

TEST_CASE("tables are aligned by what a terminal shows", "[core][text]") {
  CHECK(align_table({{"λ", "1"}, {"ab", "22"}}, 1) == "λ    1\nab  22\n");
}
