// tested by: tests/python/results_file_test.py (drift_nano)
#include "run/unit_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "core/build_info.hpp"
#include "core/error.hpp"
#include "core/publication.hpp"
#include "store/h5.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKind = "sorsweep.unit";
constexpr auto kLastDecided = Decided::pooled;
constexpr unsigned kDeflateLevel = 1;  // Surfaces are written once, and long runs of one value shrink at any level.

std::int64_t as_number(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

template <class T>
void write_column(h5::Writer& file, const char* name, const std::vector<T>& values, const char* unit) {
  file.column(name, std::span<const T>(values), unit);
}

/// Writes a field of the records as a column of int64 or uint32.
template <class T, class Field>
std::vector<T> column_of(const std::vector<SliceRecord>& slices, Field SliceRecord::*field) {
  std::vector<T> column;
  for (const auto& slice : slices) column.push_back(static_cast<T>(slice.*field));
  return column;
}

/// Calls `visit(name, member, unit)` for every field of a slice's record. This is their only list.
template <class Visit>
void for_each_slice_field(Visit&& visit) {
  visit("slice_begin_ns", &SliceRecord::begin_ns, "ns since 1970-01-01T00:00:00Z");
  visit("slice_shares", &SliceRecord::shares, "shares");
  visit("slice_best_bid_nano", &SliceRecord::best_bid, "1e-9 USD");
  visit("slice_best_ask_nano", &SliceRecord::best_ask, "1e-9 USD");
  visit("slice_queues", &SliceRecord::queues, "venues at the best bid that are joined");
  visit("slice_dropped", &SliceRecord::dropped, "quotes dropped to uncross the book");
  visit("slice_samples", &SliceRecord::samples, "windows");
  visit("slice_winners", &SliceRecord::winners, "different decisions over the grid; 0: not counted");
  visit("slice_decided", &SliceRecord::decided,
        "0 solved, 1 cold: few samples, 2 cold: overflow, 3 no order, 4 solved by pool");
}

/// Calls `visit(name, member, unit)` for every term of the paper's conditions.
template <class Visit>
void for_each_term(Visit&& visit) {
  using cont_kukanov::Terms;
  visit("slice_half_spread_nano", &Terms::half_spread, "1e-9 USD; 0 where it is an axis of the grid");
  visit("slice_taker_fee_nano", &Terms::taker_fee, "1e-9 USD");
  visit("slice_least_rebate_nano", &Terms::least_rebate, "1e-9 USD");
  visit("slice_most_rebate_nano", &Terms::most_rebate, "1e-9 USD");
}

void write_slices(h5::Writer& file, const SliceDay& day) {
  for_each_slice_field([&](const char* name, auto field, const char* unit) {
    write_column(file, name, column_of<std::int64_t>(day.slices, field), unit);
  });
  for_each_term([&](const char* name, auto term, const char* unit) {
    std::vector<Nano> column;
    for (const auto& slice : day.slices) column.push_back(slice.terms.*term);
    write_column(file, name, column, unit);
  });
  write_column(file, "yardstick_slippage_nano", std::vector<Nano>(day.slippage.begin(), day.slippage.end()),
               "1e-9 USD; immediate, all_market, all_limit, equal_split");
  write_column(file, "vwap", std::vector<double>{day.vwap}, "USD a share");
  file.attribute("unpriced", as_number(day.unpriced));
  file.attribute("early_close", as_number(day.is_early_close));
  file.attribute("is_sell", as_number(day.is_sell));
  file.attribute("missing_shares", day.missing_shares);
  file.attribute("arrival_bid_plus_ask_nano", day.arrival_bid_plus_ask);
  file.attribute("drift_nano", day.drift);
}

/// Calls `visit(name, member)` for every column of contenders. This is their only list.
template <class Visit>
void for_each_contender_column(Visit&& visit) {
  visit("contender_base", &Contenders::base);
  visit("contender_under", &Contenders::under);
  visit("contender_over", &Contenders::over);
  visit("contender_sent", &Contenders::sent);
  visit("contender_spread", &Contenders::spread);
}

/// Calls `visit(name, member)` for every column of what contenders realise.
template <class Visit>
void for_each_fill_column(Visit&& visit) {
  visit("contender_market", &execution::Fills::market);
  visit("contender_limit", &execution::Fills::limit);
  visit("contender_cleanup", &execution::Fills::cleanup);
  visit("contender_unwound", &execution::Fills::unwound);
  visit("contender_slippage_nano", &execution::Fills::slippage);
}

void write_contenders(h5::Writer& file, const std::vector<Contenders>& slices) {
  std::vector<std::int64_t> counts;
  std::map<std::string, std::vector<std::int64_t>> columns;
  for (const auto& slice : slices) {
    counts.push_back(static_cast<std::int64_t>(slice.size()));
    auto& numbers = columns["contender_number"];
    numbers.insert(numbers.end(), slice.number.begin(), slice.number.end());
    for_each_contender_column([&](const char* name, auto column) {
      const auto& values = slice.*column;
      columns[name].insert(columns[name].end(), values.begin(), values.end());
    });
    for_each_fill_column([&](const char* name, auto field) {
      for (const auto& fills : slice.fills) columns[name].push_back(fills.*field);
    });
  }
  write_column(file, "slice_contenders", counts, "placements of each slice, in the columns contender_*");
  for (const auto& [name, values] : columns)
    write_column(file, name.c_str(), values, name.ends_with("nano") ? "1e-9 USD" : "see docs/results.md");
}

[[noreturn]] void refuse(const fs::path& path, const char* what) {
  throw Error(Exit::integrity, fmt::format("{} {}", path.string(), what), "", "delete it and sweep again");
}

void check_header(const h5::Reader& file, const fs::path& path, const std::string& run_id, const UnitName& name) {
  if (file.text("kind") != kKind || file.number("schema_version") != kUnitSchemaVersion ||
      file.text("run_id") != run_id || file.text("unit") != to_string(name) || file.text("inputs") != name.inputs)
    refuse(path, "belongs to another run");
}

SliceDay read_slices(const h5::Reader& file, const fs::path& path) {
  SliceDay day;
  day.slices.resize(file.column<std::int64_t>("slice_begin_ns").size());
  for_each_slice_field([&]<class Field>(const char* name, Field SliceRecord::*field, const char*) {
    const auto column = file.column<std::int64_t>(name);
    if (column.size() != day.slices.size()) refuse(path, "has columns of different length");
    for (std::size_t i = 0; i < column.size(); ++i) day.slices[i].*field = static_cast<Field>(column[i]);
  });
  if (std::ranges::any_of(day.slices, [](const SliceRecord& slice) { return slice.decided > kLastDecided; }))
    refuse(path, "has slices with an unknown decision");
  for_each_term([&](const char* name, auto term, const char*) {
    const auto column = file.column<Nano>(name);
    if (column.size() != day.slices.size()) refuse(path, "has columns of different length");
    for (std::size_t i = 0; i < column.size(); ++i) day.slices[i].terms.*term = column[i];
  });
  const auto slippage = file.column<Nano>("yardstick_slippage_nano");
  const auto vwap = file.column<double>("vwap");
  if (slippage.size() != kYardsticks || vwap.size() != 1) refuse(path, "has columns of another length");
  std::copy(slippage.begin(), slippage.end(), day.slippage.begin());
  day.vwap = vwap[0];
  day.unpriced = static_cast<std::uint32_t>(file.number("unpriced"));
  day.is_early_close = file.number("early_close") != 0;
  day.is_sell = file.number("is_sell") != 0;
  day.missing_shares = file.number("missing_shares");
  day.arrival_bid_plus_ask = file.number("arrival_bid_plus_ask_nano");
  day.drift = file.number("drift_nano");
  return day;
}

/// Reads the contenders: at least one for every slice of the day, or none at all.
std::vector<Contenders> read_contenders(const h5::Reader& file, const fs::path& path, std::size_t slices_of_day) {
  const auto counts = file.column<std::int64_t>("slice_contenders");
  std::vector<Contenders> slices(counts.size());
  if (slices.empty()) return slices;
  if (slices.size() != slices_of_day) refuse(path, "has columns of different length");
  if (std::ranges::min(counts) < 1) refuse(path, "has slices without placements");
  const auto split = [&](const char* name, auto&& put) {
    const auto column = file.column<std::int64_t>(name);
    std::size_t first = 0;
    for (std::size_t i = 0; i < slices.size(); ++i) {
      const auto count = static_cast<std::size_t>(counts[i]);
      if (count > column.size() - first) refuse(path, "has columns of another length");
      put(slices[i], std::span(column).subspan(first, count));
      first += count;
    }
    if (first != column.size()) refuse(path, "has columns of another length");
  };
  split("contender_number", [&](Contenders& slice, std::span<const std::int64_t> values) {
    slice.number.assign(values.begin(), values.end());
  });
  for_each_contender_column([&](const char* name, auto column) {
    split(name, [&](Contenders& slice, std::span<const std::int64_t> values) {
      (slice.*column).assign(values.begin(), values.end());
    });
  });
  for_each_fill_column([&](const char* name, auto field) {
    split(name, [&](Contenders& slice, std::span<const std::int64_t> values) {
      slice.fills.resize(values.size());
      for (std::size_t c = 0; c < values.size(); ++c) slice.fills[c].*field = values[c];
    });
  });
  return slices;
}

}  // namespace

void write_unit_file(const fs::path& path, const std::string& run_id, const UnitName& name, const UnitResult& unit,
                     bool is_sliced, const std::vector<Metric>& metrics) {
  publish(path, [&](NewFile& to) {
    h5::Writer file(kDeflateLevel);
    const auto& [day, counts, snapshots, yardsticks, slices] = unit.facts;
    file.attribute("kind", kKind);
    file.attribute("schema_version", kUnitSchemaVersion);
    file.attribute("program", fmt::format("sorsweep {} ({})", build_info().version, build_info().git_sha));
    file.attribute("run_id", run_id);
    file.attribute("unit", to_string(name));
    file.attribute("inputs", name.inputs);
    file.attribute("first_row", as_number(name.rows.first));
    file.attribute("last_row", as_number(name.rows.last));
    file.attribute("rows", as_number(counts.rows));
    file.attribute("outside_window", as_number(counts.outside_window));
    file.attribute("undefined_ask", as_number(counts.undefined_ask));
    file.attribute("duplicates", as_number(counts.duplicates));
    file.attribute("snapshots", as_number(snapshots));
    const auto& [naive, twap, vwap] = yardsticks;
    write_column(file, "baseline_total_cost", std::vector{naive.total_cost, twap.total_cost, vwap.total_cost},
                 "USD; naive, twap, vwap");
    write_column(file, "baseline_avg_price", std::vector{naive.avg_price, twap.avg_price, vwap.avg_price},
                 "USD a share; naive, twap, vwap");
    if (is_sliced) {
      write_slices(file, slices);
      write_contenders(file, unit.contenders);
      write_column(file, "slippage_nano", unit.surface.slippage,
                   "1e-9 USD against the mid of each slice; a point of the grid");
      for (std::size_t m = 0; m < metrics.size(); ++m) {
        const auto& metric = metric_info(metrics[m]);
        write_column(file, metric.name.c_str(), unit.metrics[m], (metric.unit + "; a point of the grid").c_str());
      }
    } else {
      write_column(file, "total_cost", unit.surface.total_cost, "USD; a point of the grid");
      write_column(file, "filled_shares", unit.surface.filled_shares, "shares; a point of the grid");
    }
    file.write_sealed(to);
  });
}

UnitResult read_unit_file(const fs::path& path, const std::string& run_id, const UnitName& name, std::size_t points,
                          bool is_sliced) {
  const h5::Reader file(path);
  check_header(file, path, run_id, name);
  UnitResult unit;
  const auto count = [&](const char* key) { return static_cast<std::uint64_t>(file.number(key)); };
  unit.first_row = name.rows.first;
  unit.facts = {name.day,
                {count("rows"), count("outside_window"), count("undefined_ask"), count("duplicates")},
                count("snapshots"),
                {},
                {}};
  const auto costs = file.column<double>("baseline_total_cost");
  const auto prices = file.column<double>("baseline_avg_price");
  if (costs.size() != 3 || prices.size() != 3) refuse(path, "has columns of another length");
  unit.facts.notebook_yardsticks = {{costs[0], prices[0]}, {costs[1], prices[1]}, {costs[2], prices[2]}};
  if (is_sliced) {
    unit.facts.slices = read_slices(file, path);
    unit.contenders = read_contenders(file, path, unit.facts.slices.slices.size());
    unit.surface.slippage = file.column<std::int64_t>("slippage_nano");
  } else {
    unit.surface.total_cost = file.column<double>("total_cost");
    unit.surface.filled_shares = file.column<double>("filled_shares");
  }
  if (unit.surface.size() != points || (!is_sliced && unit.surface.filled_shares.size() != points))
    refuse(path, "has columns of another length");
  return unit;
}

void check_unit_file(const fs::path& path, const std::string& run_id, const UnitName& name) {
  check_header(h5::Reader(path), path, run_id, name);
}

}  // namespace sorsweep
