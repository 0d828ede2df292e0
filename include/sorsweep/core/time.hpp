/// \file
/// Nanoseconds since the Unix epoch (UTC), and dates in an exchange's time zone.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sorsweep {

/// ns since 1970-01-01T00:00:00Z.
using TimeNs = std::int64_t;

inline constexpr TimeNs kNsPerSecond = 1'000'000'000;
inline constexpr TimeNs kNsPerDay = 86'400 * kNsPerSecond;  ///< of UTC

/// A calendar date in the exchange's time zone.
using Date = std::chrono::year_month_day;

/// "2024-08-01", a date that there is. \return nothing for anything else
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);

/// "09:35", "09:35:30" or "09:35:30.5", of up to nine digits, as ns after local midnight. \return nothing for anything else
std::optional<TimeNs> parse_time_of_day(std::string_view text);

/// "10m", "600s", "250ms": a whole number and ns, us, ms, s, m or h; or "0". \return nothing for anything else.
std::optional<TimeNs> parse_duration(std::string_view text);

/// The same, in the largest unit that divides it: "10m". Not below 0
std::string format_duration(TimeNs duration_ns);

/// ISO-8601 date and time: 'T' or a blank between, up to 9 digits of a second, then Z, ±HH:MM, ±HHMM or nothing
/// (UTC). \return nothing if the text is anything else, or of a year before 1678 or after 2261
std::optional<TimeNs> parse_iso_time(std::string_view text);

/// "2024-08-01T13:36:32.491911683Z": always nine digits, always Z.
std::string format_iso_time(TimeNs time_ns);

/// [begin, end) in ns.
struct TimeWindow {
  TimeNs begin_ns;
  TimeNs end_ns;
  bool contains(TimeNs time_ns) const { return begin_ns <= time_ns && time_ns < end_ns; }
};

/// A zone of the tz database ("America/New_York").
class TimeZone {
 public:
  /// \throws Error (usage) for a name that the tz database does not have.
  explicit TimeZone(std::string_view name);

  const std::string& name() const { return name_; }

  /// The local date at a moment.
  Date date_of(TimeNs time_ns) const;

  /// From one local midnight to the next: 23, 24 or 25 hours.
  TimeWindow day_window(Date date) const;

  /// The moment when local clocks show `time_of_day` on `date` (the earlier one, where there are two).
  TimeNs at(Date date, TimeNs time_of_day_ns) const;

 private:
  std::string name_;
  const void* zone_;  // date::time_zone, kept out of this header
};

/// Of the system's time zones, like "2024a". \throws what TimeZone does where there are none
std::string tzdata_version();

}  // namespace sorsweep
