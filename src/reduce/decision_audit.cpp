// tested by: tests/reduce/reducer_audit_test.cpp (audit_decisions)
// Audits the axes by what they do to decisions.
#include <algorithm>

#include "sorsweep/reduce/summary.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

using Days = std::vector<std::vector<Contenders>>;

/// The share of slices in which the axis changes the decision. Regions of one decision are convex, so a placement that
/// wins at both ends of a line wins everywhere on it.
double binding_share(const Grid& grid, const Days& days, std::size_t axis, const Grid::Index& best) {
  auto at_first = best;
  auto at_last = best;
  at_first[axis] = 0;
  at_last[axis] = grid.length(axis) - 1;
  const auto first = penalties_at(grid.values(grid.point(at_first)));
  const auto last = penalties_at(grid.values(grid.point(at_last)));
  double slices = 0;
  double binding = 0;
  for (const auto& day : days) {
    for (const auto& slice : day) {
      ++slices;
      binding += winner(slice, first) != winner(slice, last);
    }
  }
  return slices > 0 ? binding / slices : 0;
}

/// The shares that the penalty of an axis is charged on.
const std::vector<std::int64_t>& column(const Contenders& of, std::size_t axis) {
  const std::array<const std::vector<std::int64_t>*, Grid::kAxes> columns = {&of.over, &of.under, &of.sent, &of.spread};
  return *columns[axis];
}

/// A ratio of whole numbers; 0 / 0 as long as it is unknown.
struct Ratio {
  std::int64_t over = 0, under = 0;
};

/// Whether the differences in the second column are always the same multiple of those in the first. Then the two
/// penalties affect the comparison of any two placements in the same ratio.
bool keeps_ratio(const Contenders& of, std::size_t first, std::size_t second, Ratio& ratio) {
  const auto& a = column(of, first);
  const auto& b = column(of, second);
  for (std::size_t c = 1; c < of.size(); ++c) {
    const auto da = a[c] - a[0];
    const auto db = b[c] - b[0];
    if (da == 0 && db == 0) continue;
    if (da == 0 || db == 0) return false;
    if (ratio.under == 0) ratio = {db, da};
    if (static_cast<__int128>(db) * ratio.under != static_cast<__int128>(ratio.over) * da) return false;
  }
  return true;
}

std::optional<double> ratio_of(const Days& days, std::size_t first, std::size_t second) {
  Ratio ratio;
  for (const auto& day : days)
    for (const auto& slice : day)
      if (!keeps_ratio(slice, first, second, ratio)) return std::nullopt;
  if (ratio.under == 0) return std::nullopt;
  return static_cast<double>(ratio.over) / static_cast<double>(ratio.under);
}

bool is_constant(const Days& days, std::size_t axis) {
  return std::ranges::all_of(days, [&](const auto& day) {
    return std::ranges::all_of(day, [&](const Contenders& slice) {
      const auto& values = column(slice, axis);
      return std::ranges::all_of(values, [&](auto value) { return value == values.front(); });
    });
  });
}

}  // namespace

PlacementAudit audit_placements(const Grid& grid, const Days& winners) {
  PlacementAudit audit;
  std::vector<std::size_t> live;
  for (std::size_t a = 0; a < Grid::kAxes; ++a)
    if (grid.length(a) > 1) (is_constant(winners, a) ? audit.dead : live).push_back(a);
  for (std::size_t i = 0; i < live.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (const auto ratio = ratio_of(winners, live[j], live[i]))
        audit.confounded.push_back({live[j], live[i], *ratio});
  return audit;
}

void audit_decisions(const Grid& grid, const Days& winners, SweepSummary& summary) {
  const auto best = grid.index(summary.best.point);
  const auto is_live = [&](std::size_t a) { return grid.length(a) > 1 && !summary.axes[a].is_dead; };
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    if (grid.length(a) > 1) summary.axes[a].binding_share = binding_share(grid, winners, a, best);
    for (std::size_t b = 0; b < a; ++b)
      if (const auto ratio = is_live(a) && is_live(b) ? ratio_of(winners, b, a) : std::nullopt)
        summary.confounded.push_back({b, a, *ratio});
  }
}

}  // namespace sorsweep
