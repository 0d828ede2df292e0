#include "sorsweep/core/time.hpp"

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;
using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

namespace {
constexpr TimeNs kHour = 3600 * kNsPerSecond;
Date date(int y, unsigned m, unsigned d) {
  return {year(y), month(m), day(d)};
}
}  // namespace

TEST_CASE("ISO times are read to the nanosecond", "[core][time]") {
  CHECK(parse_iso_time("1970-01-01T00:00:00Z") == 0);
  CHECK(parse_iso_time("2024-08-01T13:36:32.491911683Z") == 1722519392491911683);
  CHECK(parse_iso_time("2025-04-03 13:30:00.125395235+00:00") == 1743687000125395235);
  CHECK(parse_iso_time("2024-08-01T09:36:32.5-04:00") == parse_iso_time("2024-08-01T13:36:32.500Z"));
  CHECK(parse_iso_time("2024-08-01T13:36") == parse_iso_time("2024-08-01T13:36:00Z"));
  CHECK(parse_iso_time("1969-12-31T23:59:59.999999999Z") == -1);
}

TEST_CASE("what is no time is refused", "[core][time]") {
  for (const char* text : {"", "2024-08-01", "2024-13-01T00:00:00Z", "2024-02-30T00:00:00Z", "2024-08-01T24:00:00Z",
                           "2024-08-01T13:36:32.Z", "2024-08-01T13:36:32.1234567890Z", "2024-08-01T13:36:32ZZ",
                           "2024-08-01_13:36:32Z", "1500-01-01T00:00:00Z", "2300-01-01T00:00:00Z"})
    CHECK_FALSE(parse_iso_time(text).has_value());
}

TEST_CASE("times are written with nine digits and read back", "[core][time]") {
  for (const TimeNs time : {TimeNs{0}, TimeNs{-1}, TimeNs{1722519392491911683}})
    CHECK(parse_iso_time(format_iso_time(time)) == time);
  CHECK(format_iso_time(1722519392491911683) == "2024-08-01T13:36:32.491911683Z");
}

TEST_CASE("days begin at local midnight, also when clocks change", "[core][time]") {
  const TimeZone zone("America/New_York");
  const auto length = [&](Date d) {
    const auto window = zone.day_window(d);
    return window.end_ns - window.begin_ns;
  };
  CHECK(length(date(2024, 8, 1)) == 24 * kHour);
  CHECK(length(date(2024, 3, 10)) == 23 * kHour);
  CHECK(length(date(2024, 11, 3)) == 25 * kHour);
  CHECK(zone.at(date(2024, 8, 1), 9 * kHour + kHour / 2) == parse_iso_time("2024-08-01T13:30:00Z"));
  CHECK(zone.at(date(2024, 1, 2), 9 * kHour + kHour / 2) == parse_iso_time("2024-01-02T14:30:00Z"));
}

TEST_CASE("a moment belongs to the exchange's date, not to UTC's", "[core][time]") {
  const TimeZone zone("America/New_York");
  CHECK(zone.date_of(*parse_iso_time("2024-08-02T03:59:59.999999999Z")) == date(2024, 8, 1));
  CHECK(zone.date_of(*parse_iso_time("2024-08-02T04:00:00Z")) == date(2024, 8, 2));
}

TEST_CASE("an unknown zone is refused by name", "[core][time]") {
  CHECK_THROWS_WITH(TimeZone("Mars/Olympus"), Catch::Contains("Mars/Olympus"));
}
