/// \file
/// Times as nanoseconds since the Unix epoch (UTC), and dates in an exchange's time zone.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sorsweep {

/// A moment, in ns since 1970-01-01T00:00:00Z, or a duration in ns.
using TimeNs = std::int64_t;

inline constexpr TimeNs kNsPerSecond = 1'000'000'000;
inline constexpr TimeNs kNsPerDay = 86'400 * kNsPerSecond;  ///< A day of UTC.

/// A calendar date in the exchange's time zone.
using Date = std::chrono::year_month_day;

/// Reads a date of the calendar, "2024-08-01". \return nothing for anything else
std::optional<Date> parse_date(std::string_view text);

/// Formats a date as "2024-08-01".
std::string format_date(Date date);

/// Reads "09:35", "09:35:30" or "09:35:30.5" (up to nine digits after the point).
/// \return ns after local midnight; nothing for anything else
std::optional<TimeNs> parse_time_of_day(std::string_view text);

/// Reads a duration: "0", or a whole number with the unit ns, us, ms, s, m or h, such as "10m" or "250ms".
/// \return ns; nothing for anything else
std::optional<TimeNs> parse_duration(std::string_view text);

/// Formats a duration in the largest unit that divides it: "10m". \param duration_ns 0 or more
std::string format_duration(TimeNs duration_ns);

/// Reads an ISO-8601 date and time: 'T' or a blank between them, up to nine digits after the second's point, then Z,
/// ±HH:MM, ±HHMM or nothing (UTC). \return nothing for anything else, and for years before 1678 or after 2261
std::optional<TimeNs> parse_iso_time(std::string_view text);

/// Formats a moment as "2024-08-01T13:36:32.491911683Z", always with nine digits and Z.
std::string format_iso_time(TimeNs time_ns);

/// The moments from begin_ns up to, but not including, end_ns.
struct TimeWindow {
  TimeNs begin_ns;
  TimeNs end_ns;
  bool contains(TimeNs time_ns) const { return begin_ns <= time_ns && time_ns < end_ns; }
};

class PosixZone;

/// A time zone of the tz database, such as "America/New_York". Its last rule is taken to hold for ever.
class TimeZone {
 public:
  /// \throws Error (usage) for a name that the tz database does not have.
  explicit TimeZone(std::string_view name);

  const std::string& name() const { return name_; }

  /// Returns the local date at a moment.
  Date date_of(TimeNs time_ns) const;

  /// Returns the window from one local midnight to the next, which is 23, 24 or 25 hours long.
  TimeWindow day_window(Date date) const;

  /// Returns the moment at which local clocks show a time of day, given in ns after midnight. Where clocks are turned
  /// back and show it twice, this is the earlier one.
  TimeNs at(Date date, TimeNs time_of_day_ns) const;

 private:
  std::string name_;
  // Both live as long as the process. This header knows neither the date library nor <memory>, which has <unistd.h>.
  const void* zone_;       ///< A date::time_zone.
  const PosixZone* rule_;  ///< What follows the changes that the tz database lists; may be null.
};

/// Returns the version of the system's time zones, such as "2024a". \throws what `TimeZone` throws if there are none
std::string tzdata_version();

}  // namespace sorsweep
