/// \file
/// What a user asks for in YAML: plain structs with their defaults, validated once.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
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

/// More on one machine are a mistake.
inline constexpr int kMostThreads = 4096;

/// One axis as it was asked for.
struct AxisSpec {
  enum class Kind { list, linear, log };
  Kind kind = Kind::list;
  std::vector<Nano> values;  ///< of a list; the two ends otherwise
  std::size_t points = 0;
};

/// `days:` all, a list, or {from, to} (both within).
struct DaySelection {
  std::vector<Date> list;
  std::optional<Date> from, to;
};

struct OrderConfig {
  Side side = Side::buy;
  std::int64_t shares = 0;
  std::optional<TimeNs> start_ns, end_ns;  ///< after local midnight; [start, end)
  std::string tz = "America/New_York";
};

/// What is kept of the days' surfaces.
enum class KeepSurfaces {
  total,    ///< all of them while the run goes on, one file a unit
  none,     ///< nothing: slabs of the grid are evaluated, reduced and thrown away
  per_day,  ///< as total: a unit's file is its day's surface
};

struct RunConfig {
  std::filesystem::path out = "runs";
  int threads = 0;           ///< 0: those that a scheduler allotted, else one per core (core/allotment.hpp)
  std::uint64_t memory = 0;  ///< bytes; 0: by what a scheduler allotted, else half of the machine's
  KeepSurfaces surfaces = KeepSurfaces::total;
  std::vector<Metric> metrics;  ///< kept beside the slippage
};

struct Config {
  std::filesystem::path store;
  std::vector<std::string> symbols;  ///< empty: all
  DaySelection days;
  std::string router;
  OrderConfig order;
  std::vector<AxisSpec> grid;  ///< in the order of the router's parameters; optional ones may be left out
  SliceSettings slices;        ///< fees: of static_split too; the rest of routers that work in slices
  Objective objective;
  RunConfig run;
  StructuralPoint structural;  ///< which of the structural points this is
  std::vector<std::pair<std::string, std::vector<std::string>>> structural_axes;
};

/// A config for each structural point, in product order, the last key fastest; one where there are none.
/// \param sets `key=value` assignments that override the file
/// \throws Error (usage) with file:line:column for anything that is not understood: no key is ignored.
std::vector<Config> read_configs(const std::filesystem::path& path, const std::vector<std::string>& sets);

/// \throws Error (usage)
Grid make_grid(const Config& config);

/// Whether the config's router works in slices.
bool is_sliced(const Config& config);

/// Of a whole session: a day that closes early has more. \param config of a router that works in slices
std::int64_t most_lots_of_a_slice(const Config& config);

/// The config's router, ready for any day.
std::unique_ptr<Backtest> make_backtest(const Config& config, const Grid& grid);

/// A key of a config and its value, as text.
struct ConfigEntry {
  std::string key, value;

  std::string line() const { return key + ": " + value; }
  bool operator==(const ConfigEntry&) const = default;
};

/// Everything in a config that decides the results, in a fixed order of keys. The place of the store, the folder of the
/// run, threads and memory do not.
std::vector<ConfigEntry> semantic_entries(const Config& config);

/// As a config has it: "slippage_bps", "{mean_plus_std: 0.5}".
std::string objective_text(const Objective& objective);

/// YAML that reads back to the same config, defaults written out.
std::string to_yaml(const Config& config);

}  // namespace sorsweep
