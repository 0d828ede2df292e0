#include "sorsweep/sweep/unit.hpp"

#include <span>

#include "sorsweep/router/notebook.hpp"

namespace sorsweep {

DayFacts describe_day(const DayKey& day, const EventTape& tape, double shares) {
  return {day, tape.counts, tape.snapshots(), notebook::run_baselines(tape, shares)};
}

void evaluate_points(const EventTape& tape, const Grid& grid, double shares, std::size_t first, std::size_t count,
                     Surface& surface) {
  ParameterBlock block;
  block.decode(grid, first, count);
  notebook::run_lanes(tape, block.columns(), shares, std::span(surface.total_cost).subspan(first, count),
                      std::span(surface.filled_shares).subspan(first, count));
}

void add_to_hash(Hasher& hasher, const UnitResult& unit) {
  hasher.add_text(unit.facts.day.symbol).add_text(format_date(unit.facts.day.date));
  hasher.add_column(std::span<const double>(unit.surface.total_cost));
  hasher.add_column(std::span<const double>(unit.surface.filled_shares));
}

}  // namespace sorsweep
