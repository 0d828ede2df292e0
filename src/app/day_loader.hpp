/// \file
/// From a config to days and tapes: which units a sweep has, and how one is loaded.
#pragma once

#include <vector>

#include "app/config.hpp"
#include "sorsweep/market/day_key.hpp"
#include "sorsweep/market/event_tape.hpp"

namespace sorsweep {

/// The units of a config, in order of its symbols and then of dates.
/// \throws Error (input) for symbols and days that the store does not have.
std::vector<DayKey> select_units(const Config& config);

/// A day's tape, cut to the order's hours. \throws Error (integrity, usage)
EventTape load_tape(const Config& config, const DayKey& day);

}  // namespace sorsweep
