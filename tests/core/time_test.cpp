#include "sorsweep/core/time.hpp"

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "core/posix_zone.hpp"

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

// Moments are from Python's zoneinfo.
TEST_CASE("clocks change for ever, not only up to the last year that the tz database lists", "[core][time]") {
  const TimeZone york("America/New_York");
  const TimeZone sydney("Australia/Sydney");
  const TimeZone dublin("Europe/Dublin");
  const auto half_past_nine = 9 * kHour + kHour / 2;
  CHECK(york.at(date(2037, 7, 1), half_past_nine) == parse_iso_time("2037-07-01T13:30:00Z"));
  CHECK(york.at(date(2038, 3, 12), half_past_nine) == parse_iso_time("2038-03-12T14:30:00Z"));
  CHECK(york.at(date(2038, 3, 15), half_past_nine) == parse_iso_time("2038-03-15T13:30:00Z"));
  CHECK(york.at(date(2050, 11, 4), half_past_nine) == parse_iso_time("2050-11-04T13:30:00Z"));
  CHECK(york.at(date(2050, 11, 7), half_past_nine) == parse_iso_time("2050-11-07T14:30:00Z"));
  CHECK(sydney.at(date(2050, 1, 3), 10 * kHour + 1) == *parse_iso_time("2050-01-02T23:00:00Z") + 1);
  CHECK(sydney.at(date(2050, 7, 1), 10 * kHour) == parse_iso_time("2050-07-01T00:00:00Z"));
  CHECK(dublin.at(date(2050, 1, 3), 8 * kHour) == parse_iso_time("2050-01-03T08:00:00Z"));
  CHECK(dublin.at(date(2050, 7, 1), 8 * kHour) == parse_iso_time("2050-07-01T07:00:00Z"));
  CHECK(york.date_of(*parse_iso_time("2050-07-02T03:59:59Z")) == date(2050, 7, 1));
  CHECK(york.date_of(*parse_iso_time("2050-07-02T04:00:00Z")) == date(2050, 7, 2));
  CHECK(york.date_of(*parse_iso_time("2050-01-02T04:59:59Z")) == date(2050, 1, 1));
}

TEST_CASE("the rules of far years are those of near ones where clocks skip or repeat a time", "[core][time]") {
  const TimeZone york("America/New_York");
  // In 2040 the calendar is that of 2012, and clocks change on the same days.
  const auto length = [&](Date d) {
    const auto window = york.day_window(d);
    return window.end_ns - window.begin_ns;
  };
  for (const int y : {2012, 2040}) {
    CHECK(length(date(y, 3, 11)) == 23 * kHour);
    CHECK(length(date(y, 11, 4)) == 25 * kHour);
    CHECK(length(date(y, 12, 31)) == 24 * kHour);
  }
  const auto minute = [](int hour, int of) { return hour * kHour + of * kHour / 60; };
  CHECK(york.at(date(2040, 3, 11), minute(2, 30)) == parse_iso_time("2040-03-11T07:00:00Z"));  // skipped
  CHECK(york.at(date(2012, 3, 11), minute(2, 30)) == parse_iso_time("2012-03-11T07:00:00Z"));
  CHECK(york.at(date(2040, 11, 4), minute(1, 30)) == parse_iso_time("2040-11-04T05:30:00Z"));  // shown twice
  CHECK(york.at(date(2012, 11, 4), minute(1, 30)) == parse_iso_time("2012-11-04T05:30:00Z"));
}

TEST_CASE("rules of clocks are read as POSIX and RFC 8536 write them", "[core][time]") {
  const auto offset = [](const char* rule, const char* time) {
    const auto zone = PosixZone::parse(rule);
    REQUIRE(zone);
    return zone
        ->offset_at(std::chrono::floor<std::chrono::seconds>(
            std::chrono::sys_time(std::chrono::nanoseconds(*parse_iso_time(time)))))
        .count();
  };
  CHECK(offset("<+0530>-5:30", "2050-07-01T00:00:00Z") == 19800);
  CHECK(offset("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2050-03-27T00:59:59Z") == -10800);
  CHECK(offset("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2050-03-27T01:00:00Z") == -7200);
  CHECK(offset("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-24T23:59:59Z") == 7200);
  CHECK(offset("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-25T00:00:00Z") == 10800);
  CHECK(offset("XXX0YYY,J60/0,300/0:30:15", "2052-03-01T00:00:00Z") == 3600);  // 29 February is not counted
  CHECK(offset("XXX0YYY,J60/0,300/0:30:15", "2052-02-29T23:59:59Z") == 0);
  CHECK(offset("XXX0YYY,J60/0,300/0:30:15", "2052-10-26T23:30:14Z") == 3600);  // it is: this is day 300, from 0
  CHECK(offset("XXX0YYY,J60/0,300/0:30:15", "2052-10-26T23:30:15Z") == 0);
  for (const char* time :
       {"2050-12-31T23:59:59Z", "2051-01-01T02:59:59Z", "2051-01-01T03:00:00Z", "2050-07-01T00:00:00Z"})
    CHECK(offset("XXX3EDT4,0/0,J365/23", time) == -4 * 3600);  // summer time all year
  for (const char* wrong :
       {"", "E", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
        "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "<EST5", "EST5EDT,M3.2.0/168,M11.1.0"})
    CHECK_FALSE(PosixZone::parse(wrong));
}

TEST_CASE("an unknown zone is refused by name", "[core][time]") {
  CHECK_THROWS_WITH(TimeZone("Mars/Olympus"), Catch::Contains("Mars/Olympus"));
}
