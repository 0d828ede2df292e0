#include "run/unit_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/hash.hpp"
#include "run/alone_command.hpp"

namespace sorsweep {
namespace {

/// A unit that takes longer is cut, because a cluster has more nodes than days, and a kill costs a unit.
constexpr std::uint64_t kMostNanosOfUnit = 2'000'000'000;
/// A larger unit is cut as well, because as many of them as there are threads are in memory at a time.
constexpr std::uint64_t kMostPointsOfUnit = std::uint64_t{1} << 22;

std::vector<RowRange> cut_rows(const Grid& grid, std::uint64_t evaluate) {
  if (evaluate == 0) return {{0, grid.rows()}};  // The day is only made ready.
  const auto wanted = std::max(evaluate / kMostNanosOfUnit, (grid.size() - 1) / kMostPointsOfUnit) + 1;
  const auto parts = std::clamp<std::uint64_t>(wanted, 1, grid.rows());
  std::vector<RowRange> rows;
  for (std::uint64_t p = 0; p < parts; ++p) rows.push_back({grid.rows() * p / parts, grid.rows() * (p + 1) / parts});
  return rows;
}

/// What the names of units are hashes of.
class Inputs {
 public:
  explicit Inputs(const RunIdentity& identity) : identity_(identity), common_(identity.lines_of_each_unit()) {}

  std::string hash(const UnitName& unit) const {
    Hasher hasher;
    for (const auto& line : common_) hasher.add_text(line);
    hasher.add_text(identity_.line_of_day(unit.day));
    hasher.add_text(unit.structural).add_text(fmt::format("rows {}-{}", unit.rows.first, unit.rows.last));
    return hasher.hex().substr(0, 16);
  }

 private:
  const RunIdentity& identity_;
  const std::vector<std::string> common_;
};

bool is_same_day(const PlannedUnit& a, const PlannedUnit& b) {
  return a.structural_point == b.structural_point && a.day == b.day;
}

/// Returns whether the shards hold all units if they are filled in order, each up to `limit`.
bool fits(const std::vector<PlannedUnit>& units, std::size_t shards, std::uint64_t limit,
          std::vector<std::size_t>* assigned) {
  std::size_t shard = 0;
  std::uint64_t load = 0;
  const PlannedUnit* last = nullptr;
  if (assigned) assigned->clear();
  for (const auto& unit : units) {
    auto cost = unit.evaluate + (last && is_same_day(*last, unit) ? 0 : unit.prepare);
    if (last && load + cost > limit) {
      ++shard;
      load = 0;
      cost = unit.evaluate + unit.prepare;
    }
    if (cost > limit || shard == shards) return false;
    load += cost;
    last = &unit;
    if (assigned) assigned->push_back(shard);
  }
  return true;
}

}  // namespace

std::string UnitName::file() const {
  const auto part = is_part ? fmt::format("+{}-{}", rows.first, rows.last) : "";
  return fmt::format("{}-{}{}{}-{}.h5", day.symbol, format_date(day.date), structural_suffix(structural), part, inputs);
}

std::string to_string(const UnitName& unit) {
  const auto part = unit.is_part ? fmt::format(" rows {}-{}", unit.rows.first, unit.rows.last) : "";
  return fmt::format("{}{}{}{}", to_string(unit.day), unit.structural.empty() ? "" : " ", unit.structural, part);
}

std::vector<PlannedUnit> plan_units(const std::vector<Config>& configs, const Grid& grid,
                                    const std::vector<DayKey>& days, const RunIdentity& identity,
                                    const std::vector<Manifest::Day>& stored) {
  std::map<std::string, std::size_t> rows;
  for (const auto& day : stored) rows[day.name] = day.rows;
  const Inputs inputs(identity);
  std::vector<PlannedUnit> units;
  for (std::size_t s = 0; s < configs.size(); ++s) {
    for (std::size_t d = 0; d < days.size(); ++d) {
      const auto cost = guess_cost(configs[s], grid, identity.engine, rows[to_string(days[d])]);
      const auto parts = cut_rows(grid, cost.evaluate);
      for (const auto& part : parts) {
        UnitName name{days[d], text_of(configs[s].structural), part, parts.size() > 1, ""};
        name.inputs = inputs.hash(name);
        units.push_back({s, d, std::move(name), cost.prepare, cost.evaluate / parts.size()});
      }
    }
  }
  return units;
}

std::vector<std::size_t> assign_shards(const std::vector<PlannedUnit>& units, std::size_t shards) {
  std::uint64_t low = 0;  // The limit is too low.
  std::uint64_t high = 1;
  for (const auto& unit : units) high += unit.evaluate + unit.prepare;
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    (fits(units, shards, middle, nullptr) ? high : low) = middle;
  }
  std::vector<std::size_t> assigned;
  fits(units, shards, high, &assigned);
  return assigned;
}

double predicted_seconds(const std::vector<PlannedUnit>& units, int threads) {
  double nanos = 0;
  for (std::size_t u = 0; u < units.size(); ++u) {
    nanos += static_cast<double>(units[u].evaluate);
    if (u == 0 || !is_same_day(units[u - 1], units[u])) nanos += static_cast<double>(units[u].prepare);
  }
  return nanos * 1e-9 / threads;
}

}  // namespace sorsweep
