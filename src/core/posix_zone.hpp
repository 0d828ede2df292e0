/// \file
/// What clocks do every year from now on. Files of the tz database list changes of the clocks up to 2037 or so, and end
/// with a rule for the time after that, such as "EST5EDT,M3.2.0,M11.1.0" (POSIX TZ, with the extensions of RFC 8536).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace sorsweep {

class PosixZone {
 public:
  /// Reads a rule. \return nothing if it is not one
  static std::optional<PosixZone> parse(std::string_view text);

  /// Returns what local clocks show at a moment, less UTC.
  std::chrono::seconds offset_at(std::chrono::sys_seconds time) const;

  /// Returns the moment at which local clocks show a time: the earlier one where they show it twice, and the moment of
  /// the change where they skip it. \param local counts from 1970-01-01T00:00:00 of local clocks
  std::chrono::sys_seconds moment_of(std::chrono::seconds local) const;

 private:
  class Parser;

  /// The day and the time of local clocks at which they change, every year.
  struct Yearly {
    enum class Kind { weekday, day, day_without_leap };  ///< "M3.2.0", "72", "J72".
    Kind kind = Kind::weekday;
    unsigned month = 1, week = 1;  ///< Week 5 is the last one.
    unsigned day = 0;              ///< A day of the week (0 is Sunday), or a day of the year.
    std::chrono::seconds time{0};  ///< From midnight; it may lie on another day.

    std::chrono::seconds in(std::chrono::year year) const;
  };

  struct Change {
    std::chrono::sys_seconds at;
    std::chrono::seconds offset;  ///< From then on.
  };

  /// Lists the changes of a year and of its neighbours, in order. There are none if clocks never change.
  std::vector<Change> changes_around(std::chrono::year year) const;

  std::chrono::seconds standard_{0}, summer_{0};  ///< Offsets. In Ireland, "summer" is winter.
  std::optional<Yearly> begin_, end_;             ///< Of summer time; neither or both.
};

}  // namespace sorsweep
