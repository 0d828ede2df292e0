/// \file
/// From a config to days: which days a sweep has, and how one is loaded.
#pragma once

#include <vector>

#include "config/config.hpp"
#include "run/identity.hpp"
#include "run/run_folder.hpp"
#include "sorsweep/market/quotes.hpp"
#include "sorsweep/store/day_file.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// Returns the symbol-days of a config, in the order of its symbols and then by date.
/// \throws Error (input) for symbols and days that the store, or the list of pinned days, does not have
std::vector<DayKey> select_units(const Config& config);

/// Returns those of the pinned days that the config selects, in the same order. \throws Error (input) as select_units
std::vector<DayKey> select_pinned(const Config& config);

/// Checks every byte of every day, before anything is computed or written.
/// \throws Error (integrity) for a damaged or misplaced day, (usage) for a day that was cut in another time zone
std::vector<DayHeader> check_days(const Config& config, const std::vector<DayKey>& units);

/// Checks days as check_days does, but does not read days whose seal is still the one that the run recorded: they were
/// checked then.
std::vector<DayHeader> check_days_since(const RunRecord& record, const Config& config, const std::vector<DayKey>& days);

/// Loads a day with the order's hours and the columns that the router reads.
/// \param content holds, for each day, the hash that its data must have (DayHeader::content)
/// \throws Error (integrity) for damaged or other data, (input) for a day that is gone or cannot be read, (usage) if
/// the queue model counts trades and the day has none
DayData load_day(const Config& config, const DayKey& day, const DayHashes& content);

/// Loads a day with all its columns. \throws Error as load_day
DayData load_whole_day(const Config& config, const DayKey& day, const DayHashes& content);

/// Refuses days whose data are no longer those that the run began with. \throws Error (integrity) with the day's name
void check_unchanged(const Config& config, const std::vector<DayHeader>& days, const DayHashes& content);

}  // namespace sorsweep
