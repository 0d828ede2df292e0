/// \file
/// From a config to days: which units a sweep has, and how one is loaded.
#pragma once

#include <vector>

#include "config/config.hpp"
#include "run/run_folder.hpp"
#include "sorsweep/market/day_key.hpp"
#include "sorsweep/store/day_file.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// The units of a config, in order of its symbols and then of dates.
/// \throws Error (input) for symbols and days that the store does not have.
std::vector<DayKey> select_units(const Config& config);

/// Checks every byte of every day, before anything is computed or written.
/// \throws Error (integrity) for a damaged or misplaced day, (usage) for days cut in another time zone.
std::vector<DayHeader> check_days(const Config& config, const std::vector<DayKey>& units);

/// The same, but days that still have the seal that a run has recorded are not read: they were checked then.
std::vector<DayHeader> check_days_since(const RunRecord& record, const Config& config, const std::vector<DayKey>& days);

/// A day with the order's hours in it, and the columns that the router looks at.
/// \param content that it must have (DayHeader::content); empty: any
/// \throws Error (integrity) also where it has another, (usage) where the queue model counts trades and the day has none
DayData load_day(const Config& config, const DayKey& day, const std::string& content = "");

/// The same with all columns.
DayData load_whole_day(const Config& config, const DayKey& day);

}  // namespace sorsweep
