/// \file
/// report.html: one file that opens offline. Its page shows a *report document*, a JSON object with these keys:
///
/// - `kind`, `schema_version`: `sorsweep.report` and 1.
/// - `best`, `manifest`: best.json and manifest.json as they are.
/// - `days`, `points`, `axes`: days.csv, the top of summary.csv, and axes.csv, each as `{columns, rows, rows_in_file}`.
/// - `surface`: `{unit, axes: [{name, first, last, points}], least, mean, most, best_point}`. An axis gives, for each
///   of its bins, the values of the first and last point (dollars a share, or a number: best.json's `parameter_units`)
///   and the number of points. `least` to `best_point` have a value for each cell, in product order with the last axis
///   fastest. Axes with one value are included. The unit is "bps" or "USD".
/// - `intervals`: `[{against, mean, low, high, level, out_of_sample}]`: how many bps cheaper the best point is than
///   `against`, which is a yardstick or `runner_up`. `low` and `high` may be null. Out of sample, the choices are those
///   of `walk_forward`.
/// - `verdict`: `{standing, sentences, pbo}`: the standing against the best yardstick (`better`, `not distinguishable`,
///   `worse` or `unknown`), the verdict in words, and the probability of overfitting or null.
/// - `walk_forward`: `{unit, days, series: [{name, values}]}`: what each day cost. `walk_forward` is the choice made on
///   the days before, `in_sample` is the best point of all days, `hindsight` is each day's own best; the other series
///   are yardsticks.
/// - `execution`: `[{symbol, date, slices: {begin, bid, ask, shares, slippage}, fills: {slice, price, shares, kind,
///   venue}}]`, all of them columns. `begin` is an ISO time, `slice` is a row of `slices`, `price` may be null, and
///   `venue` may be empty.
/// - `winners`: `[{label, axes: [two, as in surface], fixed, placements, cell}]`: `cell` has the number of a placement
///   for each pair of bins, with the second axis fastest; `placements` are texts, and `fixed` says where the other axes
///   are.
/// - `computation`: `{efficiency, busy_seconds, units_computed, hosts, restarts, processes_in_logs, processes: [{host,
///   shard, threads, units_computed, units_resumed, units_failed, seconds, busy_seconds, peak_memory, restart}]}`: who
///   computed the run, by its event logs. `efficiency` may be null, and `processes` has the first ones only.
/// - `drift_bps`: how far the mid moved while slices waited, as a mean over days. Every slippage except that of
///   `immediate` includes it.
/// - `absent`: the reasons why parts are missing, by their key.
///
/// A part that is missing leaves its chart out, and the page says why.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/table.hpp"

namespace sorsweep {

/// Holds the tables that the page shows, and the two JSON files that it takes over whole.
struct ReportTables {
  std::string best_json, manifest_json;  ///< JSON text; the document has null for an empty one.
  Table days, points, axes;              ///< Those of days.csv, summary.csv and axes.csv.
};

/// Describes an axis cut into bins of neighbouring values.
struct ReportAxis {
  std::string name;
  std::vector<double> first, last;    ///< Ends of each bin, in dollars a share or as a number.
  std::vector<std::uint64_t> points;  ///< Number of values in each bin.
};

/// Gives the objective over the grid, region by region.
struct ReportSurface {
  std::string unit;  ///< Unit of the objective: "bps" or "USD".
  std::vector<ReportAxis> axes;
  std::vector<double> least, mean, most;  ///< A value for each cell, in product order of the bins.
  std::vector<std::uint64_t> best_point;
};

/// Tells what the best point, or the walk-forward, saved against another way to trade.
struct ReportInterval {
  std::string against;
  double mean = 0;                  ///< In bps; positive means cheaper.
  std::optional<double> low, high;  ///< Empty where there are too few days.
  double level = 0.95;
  /// If true, the choices are the walk-forward's; otherwise it is the best point, on the days it was chosen on.
  bool out_of_sample = false;
};

/// Holds the verdict of `trust`.
struct ReportVerdict {
  std::string standing;                ///< Against the best yardstick, as `trust::to_string` names it.
  std::vector<std::string> sentences;  ///< The verdict in words.
  std::optional<double> pbo;           ///< The probability of backtest overfitting.
};

/// Tells what each day of the walk-forward cost.
struct ReportWalkForward {
  struct Series {
    std::string name;  ///< "walk_forward", "in_sample", "hindsight", or the name of a yardstick.
    std::vector<double> values;
  };
  std::string unit;  ///< "bps" or "USD".
  std::vector<std::string> days;
  std::vector<Series> series;
};

/// Tells what the best point did on one day.
struct ReportExecution {
  struct Slice {
    std::string begin;  ///< ISO-8601, in UTC.
    double bid = 0, ask = 0, shares = 0, slippage = 0;
  };
  struct Fill {
    std::size_t slice = 0;
    double price = 0, shares = 0;
    std::string kind;   ///< "market", "limit", "cleanup" or "unwound".
    std::string venue;  ///< Empty where it is not known.
  };
  std::string symbol, date;
  std::vector<Slice> slices;
  std::vector<Fill> fills;
};

/// Tells which placement wins where on the grid, for one slice.
struct ReportWinners {
  std::string label;             ///< As "SYN 2024-07-08 10:35 UTC".
  std::vector<ReportAxis> axes;  ///< Two of them.
  std::string fixed;             ///< As "theta_queue at 0.0003 dollars a share".
  std::vector<std::string> placements;
  std::vector<std::uint32_t> cell;
};

/// Describes a process that worked on the run, according to its event log.
struct ReportProcess {
  std::string host, shard;
  int threads = 0;
  std::size_t units_computed = 0, units_resumed = 0, units_failed = 0;
  double seconds = 0;             ///< From its start to its last unit.
  double busy_seconds = 0;        ///< Seconds of these spent on units that count.
  std::uint64_t peak_memory = 0;  ///< In bytes.
  int restart = 0;                ///< How many times SLURM requeued its job.
};

/// Tells who computed the run.
struct ReportComputation {
  std::optional<double> efficiency;  ///< From 0 to 1.
  std::vector<ReportProcess> processes;
};

/// Holds what the page shows besides the tables. Every part may be missing.
struct ReportParts {
  std::optional<double> drift_bps;  ///< For routers that work in slices.
  std::optional<ReportSurface> surface;
  std::vector<ReportInterval> intervals;
  std::optional<ReportVerdict> verdict;
  std::optional<ReportWalkForward> walk_forward;
  std::vector<ReportExecution> execution;
  std::vector<ReportWinners> winners;
  std::optional<ReportComputation> computation;
  std::map<std::string, std::string> absent;  ///< Why a part is missing, by its key in the document.
};

/// Returns the report document as JSON text.
/// \throws Error (integrity) when the manifest, which may come from the run's folder, is not JSON
std::string report_document(const ReportTables& tables, const ReportParts& parts);

/// Returns the page that shows a document. \param document as JSON text
std::string make_report_html(std::string_view document);

/// Says why the page has no charts; empty where it has them.
std::string report_shortcomings();

/// cmake/report_assets.cmake embeds the files of src/report/html and the chart library as these texts.
namespace report_assets {

extern const std::string_view kPage;    ///< HTML with @NAME@ where the others go.
extern const std::string_view kStyle;   ///< CSS.
extern const std::string_view kScript;  ///< The page's scripts, joined.
extern const std::string_view kSpecs;   ///< Vega specifications by name, as JSON.
extern const std::string_view kVega;    ///< The chart library; empty where the build had none.

}  // namespace report_assets

}  // namespace sorsweep
