/// \file
/// What a user asks for in YAML, as plain structs with their defaults. It is validated once, when it is read.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reduce/results.hpp"
#include "sorsweep/core/money.hpp"
#include "sorsweep/core/time.hpp"
#include "sorsweep/reduce/reducer.hpp"
#include "sorsweep/sweep/backtest.hpp"
#include "sorsweep/sweep/grid.hpp"

namespace sorsweep {

/// The program refuses more threads than this, because a larger number is surely a mistake.
inline constexpr int kMostThreads = 4096;

/// One axis of the grid, as the config describes it.
struct AxisSpec {
  enum class Kind { list, linear, log };
  Kind kind = Kind::list;
  std::vector<Nano> values;  ///< The values of a list; otherwise the two ends.
  std::size_t points = 0;
};

/// The section `days:`, which is `all`, a list, or {from, to} with both ends included.
struct DaySelection {
  std::vector<Date> list;
  std::optional<Date> from, to;
};

/// Days of each symbol, in order.
using DaysBySymbol = std::map<std::string, std::vector<Date>>;

struct OrderConfig {
  Side side = Side::buy;
  std::int64_t shares = 0;
  std::optional<TimeNs> start_ns, end_ns;  ///< Nanoseconds after local midnight, [start, end).
  std::string tz = "America/New_York";
};

/// What a run keeps of the days' surfaces.
enum class KeepSurfaces {
  total,    ///< Every surface is kept, in one file per unit.
  none,     ///< No surface is kept: slabs of the grid are evaluated, reduced and thrown away.
  per_day,  ///< Another word for `total`: the file of a unit is the surface of its day.
};

struct RunConfig {
  std::filesystem::path out = "runs";
  int threads = 0;           ///< 0 means what the scheduler allotted, else one per core (choose_threads).
  std::uint64_t memory = 0;  ///< Bytes. 0 means most of what the scheduler allotted, else half of the machine's.
  KeepSurfaces surfaces = KeepSurfaces::total;
  std::vector<Metric> metrics;  ///< Figures that are kept beside the slippage.
};

struct Config {
  std::filesystem::path store;
  std::vector<std::string> symbols;  ///< Empty means all.
  DaySelection days;
  DaysBySymbol pinned_days;  ///< Symbols and days are chosen among these; empty means among those of the store.
  std::string router;
  OrderConfig order;
  std::vector<AxisSpec> grid;  ///< In the order of the router's parameters; optional ones may be missing.
  SliceSettings slices;        ///< static_split uses the fees; routers that work in slices use everything.
  Objective objective;
  RunConfig run;
  StructuralPoint structural;  ///< The structural point that this config is for.
  std::vector<std::pair<std::string, std::vector<std::string>>> structural_axes;
};

/// Reads a config: one Config per structural point, in product order with the last key fastest, or a single one if
/// nothing is structural.
/// \param sets `key=value` assignments, which override the file
/// \throws Error (usage) with file:line:column for anything that is not understood: no key is ignored
std::vector<Config> read_configs(const std::filesystem::path& path, const std::vector<std::string>& sets);

/// Makes the grid of the config's axes. \throws Error (usage)
Grid make_grid(const Config& config);

/// Returns whether the config's router works in slices.
bool is_sliced(const Config& config);

/// Returns the number of lots of the largest slice of a full session; a day that closes early has larger slices.
/// \param config is that of a router that works in slices
std::int64_t most_lots_of_a_slice(const Config& config);

/// Makes the backtest of the config's router. The grid must outlive it.
std::unique_ptr<Backtest> make_backtest(const Config& config, const Grid& grid);

/// A key of a config with its value, as text.
struct ConfigEntry {
  std::string key, value;

  std::string line() const { return key + ": " + value; }
  bool operator==(const ConfigEntry&) const = default;
};

/// Returns everything in a config that decides the results, in a fixed order of keys. The location of the store, the
/// folder of the run, threads and memory are left out.
std::vector<ConfigEntry> semantic_entries(const Config& config);

/// Returns an objective as a config writes it: "slippage_bps" or "{mean_plus_std: 0.5}".
std::string objective_text(const Objective& objective);

/// Returns YAML that reads back to the same config, with all defaults written out. More pinned days than a config may
/// list are left out.
std::string to_yaml(const Config& config);

}  // namespace sorsweep
