#include "report/report_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "core/text.hpp"
#include "sorsweep/reduce/summary.hpp"
#include "sweep/slice_cases.hpp"

namespace sorsweep {
namespace {

/// An axis has at most this many bins, more than a reader can tell apart. Each pair of bins asks many contenders.
constexpr std::size_t kMostBins = 40;

/// Cuts an axis into bins that are as even as possible. \return the first position of each, and the end
std::vector<std::size_t> cut(std::size_t values) {
  const auto bins = std::min(values, kMostBins);
  std::vector<std::size_t> begin(bins + 1);
  for (std::size_t i = 0; i <= bins; ++i) begin[i] = i * values / bins;
  return begin;
}

ReportAxis bins_of(const Grid& grid, std::size_t axis, const std::vector<std::size_t>& begin) {
  ReportAxis bins{grid.name(axis), {}, {}, {}};
  for (std::size_t i = 0; i + 1 < begin.size(); ++i) {
    bins.first.push_back(grid.dollars(axis)[begin[i]]);
    bins.last.push_back(grid.dollars(axis)[begin[i + 1] - 1]);
    bins.points.push_back(begin[i + 1] - begin[i]);
  }
  return bins;
}

std::string fills_text(const execution::Fills& fills) {
  std::string text;
  const auto add = [&](std::int64_t shares, const char* kind) {
    if (shares != 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", format_count(static_cast<std::uint64_t>(shares)), kind);
  };
  add(fills.market, "market");
  add(fills.limit, "limit");
  add(fills.cleanup, "cleanup");
  add(fills.unwound, "unwound");
  return text.empty() ? "nothing" : text;
}

/// Says where the axes are that are not drawn: "theta_queue at 0.0003 dollars a share".
std::string fixed_text(const Grid& grid, const Grid::Index& best, std::size_t x, std::size_t y) {
  std::string text;
  for (std::size_t a = 0; a < grid.dimensions(); ++a)
    if (a != x && a != y)
      text += fmt::format("{}{} at {}{}", text.empty() ? "" : ", ", grid.name(a),
                          format_decimal(grid.axes()[a].values[best[a]]), grid.is_money(a) ? " dollars a share" : "");
  return text;
}

cont_kukanov::Penalties penalties(const Grid& grid, const Grid::Index& index) {
  return penalties_at(grid.values(grid.point(index)));
}

/// Finds the winners of one slice over the bins of two axes.
ReportWinners winners_of(const Grid& grid, Grid::Index at, std::size_t x, std::size_t y, const Contenders& contenders) {
  const auto x_begin = cut(grid.length(x));
  const auto y_begin = cut(grid.length(y));
  ReportWinners winners{{}, {bins_of(grid, x, x_begin), bins_of(grid, y, y_begin)}, fixed_text(grid, at, x, y), {}, {}};
  std::map<std::size_t, std::uint32_t> number;
  for (std::size_t i = 0; i + 1 < x_begin.size(); ++i)
    for (std::size_t j = 0; j + 1 < y_begin.size(); ++j) {
      at[x] = (x_begin[i] + x_begin[i + 1]) / 2;
      at[y] = (y_begin[j] + y_begin[j + 1]) / 2;
      const auto won = winner(contenders, penalties(grid, at));
      const auto [known, is_new] = number.try_emplace(won, static_cast<std::uint32_t>(number.size()));
      if (is_new) winners.placements.push_back(fills_text(contenders.fills[won]));
      winners.cell.push_back(known->second);
    }
  return winners;
}

/// Returns the axes with several values.
std::vector<std::size_t> live_axes(const Grid& grid) {
  std::vector<std::size_t> axes;
  for (std::size_t a = 0; a < grid.dimensions(); ++a)
    if (grid.length(a) > 1) axes.push_back(a);
  return axes;
}

/// Returns the slices with the most contenders, in order of time.
std::vector<std::size_t> telling_slices(const std::vector<Contenders>& contenders, std::size_t most) {
  std::vector<std::size_t> slices(contenders.size());
  std::iota(slices.begin(), slices.end(), 0);
  std::ranges::stable_sort(slices, std::greater{}, [&](std::size_t i) { return contenders[i].size(); });
  slices.resize(std::min(most, slices.size()));
  std::ranges::sort(slices);
  return slices;
}

}  // namespace

ReportSurface report_surface(const Grid& grid, const Regions& regions, const std::string& unit) {
  ReportSurface surface{unit, {}, regions.least, regions.mean, regions.most, {}};
  surface.best_point.assign(regions.best_point.begin(), regions.best_point.end());
  for (std::size_t a = 0; a < grid.dimensions(); ++a) surface.axes.push_back(bins_of(grid, a, regions.begin[a]));
  return surface;
}

std::vector<ReportWinners> report_winners(const Grid& grid, std::size_t best_point, const DayFacts& day,
                                          const std::vector<Contenders>& contenders, std::size_t most_slices) {
  const auto live = live_axes(grid);
  if (live.size() < 2) return {};
  std::vector<ReportWinners> all;
  for (const auto slice : telling_slices(contenders, most_slices)) {
    if (contenders[slice].size() == 0) continue;
    all.push_back(winners_of(grid, grid.index(best_point), live[0], live[1], contenders[slice]));
    const auto time = format_iso_time(day.slices.slices[slice].begin_ns);
    all.back().label = fmt::format("{} {} {} UTC", day.day.symbol, time.substr(0, 10), time.substr(11, 5));
  }
  return all;
}

ReportExecution report_execution(const DayFacts& day, const std::vector<SliceFills>& fills) {
  ReportExecution execution{day.day.symbol, format_date(day.day.date), {}, {}};
  const auto& slices = day.slices.slices;
  const bool is_sell = day.slices.is_sell;
  for (std::size_t i = 0; i < fills.size(); ++i) {
    const auto& slice = slices[i];
    const auto& end = slices[std::min(i + 1, slices.size() - 1)];
    const auto& of = fills[i].all;
    execution.slices.push_back({format_iso_time(slice.begin_ns), to_dollars(slice.best_bid), to_dollars(slice.best_ask),
                                static_cast<double>(slice.shares), 1e-9 * static_cast<double>(of.slippage)});
    const auto add = [&](const char* kind, std::int64_t shares, Nano px, const std::string& venue = "") {
      if (shares != 0) execution.fills.push_back({i, to_dollars(px), static_cast<double>(shares), kind, venue});
    };
    const auto joined = is_sell ? slice.best_ask : slice.best_bid;
    add("market", of.market, is_sell ? slice.best_bid : slice.best_ask);
    for (const auto& [venue, shares] : fills[i].limit_by_venue) add("limit", shares, joined, venue);
    if (fills[i].limit_by_venue.empty()) add("limit", of.limit, joined);
    add("cleanup", of.cleanup, is_sell ? end.best_bid : end.best_ask);
    add("unwound", of.unwound, is_sell ? end.best_ask : end.best_bid);
  }
  return execution;
}

ReportExecution report_execution(const Grid& grid, std::size_t point, const DayFacts& day,
                                 const std::vector<Contenders>& contenders) {
  const auto at = penalties(grid, grid.index(point));
  std::vector<SliceFills> fills;
  fills.reserve(contenders.size());
  for (const auto& slice : contenders) fills.push_back({slice.fills[winner(slice, at)], {}});
  return report_execution(day, fills);
}

}  // namespace sorsweep
