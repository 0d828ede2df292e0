#include "sorsweep/core/money.hpp"

#include <rapidcheck.h>

#include <cstdlib>

#include "catch_compat.hpp"

using namespace sorsweep;

TEST_CASE("decimal text becomes nano-dollars without a double", "[core][money]") {
  CHECK(parse_decimal_exact("222.83") == 222'830'000'000);
  CHECK(parse_decimal_exact("0.000000001") == 1);
  CHECK(parse_decimal_exact("5e-05") == 50'000);
  CHECK(parse_decimal_exact("-0.5") == -500'000'000);
  CHECK(parse_decimal_exact(".5") == 500'000'000);
  CHECK(parse_decimal_exact("7.") == 7'000'000'000);
  CHECK(parse_decimal_exact("100.1000000000000") == 100'100'000'000);  // zeros below a nano are no digits
  CHECK(parse_decimal_exact("9223372036.854775807") == INT64_MAX);
}

TEST_CASE("what is no exact number of nano-dollars is refused", "[core][money]") {
  for (const char* text : {"", ".", "-", "1e", "abc", "1.2.3", "1 ", " 1", "0x10", "nan", "inf", "1,5", "1e9999",
                           "0.0000000001", "9223372036.854775808", "99999999999999999999"})
    CHECK_FALSE(parse_decimal_exact(text).has_value());
}

TEST_CASE("parameters are rounded half up", "[core][money]") {
  CHECK(parse_decimal_rounded("0.0000000005") == 1);
  CHECK(parse_decimal_rounded("0.00000000049999") == 0);
  CHECK(parse_decimal_rounded("0.0000000015") == 2);
  CHECK(parse_decimal_rounded("1e-10") == 0);
  CHECK(parse_decimal_rounded("-0.0000000005") == 0);
  CHECK(parse_decimal_rounded("-0.00000000050001") == -1);
  CHECK(parse_decimal_rounded("-0.0000000015") == -1);
}

TEST_CASE("text and nano-dollars are inverse", "[core][money]") {
  CHECK(rc::check([](Nano px) {
    RC_ASSERT(parse_decimal_exact(format_decimal(px)) == (px == INT64_MIN ? std::nullopt : std::optional(px)));
  }));
}

TEST_CASE("to_dollars gives the double that a correctly rounding reader gives", "[core][money]") {
  CHECK(rc::check([] {
    // Up to the largest prices there are, with two to nine decimals, and with many digits.
    const auto px = *rc::gen::inRange<Nano>(0, Nano{1} << *rc::gen::inRange(1, 53));
    RC_ASSERT(to_dollars(px) == std::strtod(format_decimal(px).c_str(), nullptr));
  }));
  // Beyond 2^53 nano-dollars, for prices in cents.
  CHECK(to_dollars(98'765'432'120'000'000) == 98765432.12);
  CHECK(to_dollars(9'100'000'123'456'781) == 9100000.123456781);
}

TEST_CASE("format_repr writes what Python's repr writes", "[core][money]") {
  CHECK(format_repr(32.0) == "32.0");
  CHECK(format_repr(5e-05) == "5e-05");
  CHECK(format_repr(0.0001) == "0.0001");
  CHECK(format_repr(1e16) == "1e+16");
  CHECK(format_repr(123456789012345.0) == "123456789012345.0");
  CHECK(format_repr(5000.000000000002) == "5000.000000000002");
  CHECK(format_repr(1.4740772106001231e-21) == "1.4740772106001231e-21");
}
