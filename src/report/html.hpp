/// \file
/// report.html: one file that opens offline. Its page shows a *report document*, one JSON object with these keys:
///
/// - `kind`, `schema_version`: `sorsweep.report`, 1.
/// - `best`, `manifest`: best.json and manifest.json, as they are.
/// - `days`, `points`, `axes`: days.csv, the top of summary.csv, axes.csv, as `{columns, rows, rows_in_file}`.
/// - `surface`: `{unit, axes: [{name, first, last, points}], least, mean, most, best_point}`. Of each bin of an axis the
///   values of its first and last point (dollars a share, or a number: best.json's `parameter_units`), and how many points;
///   then a value a cell, in product order, the last axis fastest. All axes of the grid, those with one value too. Unit: "bps" or "USD".
/// - `intervals`: `[{against, mean, low, high, level, out_of_sample}]`, bps that the winner is cheaper by; `low` and `high`
///   may be null. `against` is a yardstick or `runner_up`. Out of sample: the choices of `walk_forward`.
/// - `verdict`: `{standing, sentences, pbo}`: `better`, `not distinguishable`, `worse` or `unknown`, against the best
///   yardstick; the whole in words; the probability of overfitting, or null.
/// - `walk_forward`: `{unit, days, series: [{name, values}]}`: what each day cost. `walk_forward` is the choice made on the
///   days before, `in_sample` the best point of all days, `hindsight` each day's own best; other series are yardsticks.
/// - `execution`: `[{symbol, date, slices: {begin, bid, ask, shares, slippage}, fills: {slice, price, shares, kind,
///   venue}}]`, columns. `begin` is a time (ISO), `slice` a row of `slices`; `price` may be null, `venue` empty.
/// - `winners`: `[{label, axes: [two, as in surface], fixed, placements, cell}]`: `cell` has the number of a placement for
///   each pair of bins, the second axis fastest; placements are texts, `fixed` says where the other axes are.
/// - `computation`: `{efficiency, busy_seconds, units_computed, hosts, restarts, processes_in_logs, processes: [{host, shard,
///   threads, units_computed, units_resumed, units_failed, seconds, busy_seconds, peak_memory, restart}]}`: who computed the
///   run, by its event logs; `efficiency` may be null, `processes` are the first ones.
/// - `absent`: for parts that are not there, by their key: why, a sentence each.
///
/// A part that is absent leaves its chart out; the page then says why.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sorsweep {

/// What the files of a run say, as text. Empty: the run has no such file.
struct ReportFiles {
  std::string best_json, manifest_json, days_csv, summary_csv, axes_csv;
};

/// Neighbouring values of an axis, taken together.
struct ReportAxis {
  std::string name;
  std::vector<double> first, last;    ///< of each bin: dollars a share, or a number
  std::vector<std::uint64_t> points;  ///< values in each bin
};

struct ReportSurface {
  std::string unit;  ///< of the objective: "bps" or "USD"
  std::vector<ReportAxis> axes;
  std::vector<double> least, mean, most;  ///< a value a cell, in product order of the bins
  std::vector<std::uint64_t> best_point;
};

struct ReportInterval {
  std::string against;
  double mean = 0;                  ///< bps that we are cheaper by
  std::optional<double> low, high;  ///< nothing: too few days
  double level = 0.95;
  bool out_of_sample = false;  ///< of the walk-forward's choices; else of the best point, on the days it was chosen on
};

struct ReportVerdict {
  std::string standing;                ///< against the best yardstick: trust::to_string(Standing)
  std::vector<std::string> sentences;  ///< the whole in words
  std::optional<double> pbo;           ///< probability of backtest overfitting
};

struct ReportWalkForward {
  struct Series {
    std::string name;  ///< "walk_forward", "in_sample", "hindsight", or a yardstick's
    std::vector<double> values;
  };
  std::string unit;  ///< "bps" or "USD"
  std::vector<std::string> days;
  std::vector<Series> series;
};

/// What the best point did on one day.
struct ReportExecution {
  struct Slice {
    std::string begin;  ///< ISO-8601, UTC
    double bid = 0, ask = 0, shares = 0, slippage = 0;
  };
  struct Fill {
    std::size_t slice = 0;
    double price = 0, shares = 0;
    std::string kind;   ///< "market", "limit", "cleanup", "unwound"
    std::string venue;  ///< empty: not known
  };
  std::string symbol, date;
  std::vector<Slice> slices;
  std::vector<Fill> fills;
};

/// Which placement wins where, for one slice.
struct ReportWinners {
  std::string label;             ///< "SYN 2024-07-08 10:35"
  std::vector<ReportAxis> axes;  ///< two
  std::string fixed;             ///< "theta_queue at 0.0003 dollars a share"
  std::vector<std::string> placements;
  std::vector<std::uint32_t> cell;
};

/// One process that worked on the run, by its event log.
struct ReportProcess {
  std::string host, shard;
  int threads = 0;
  std::size_t units_computed = 0, units_resumed = 0, units_failed = 0;
  double seconds = 0;             ///< from its start to its last unit
  double busy_seconds = 0;        ///< of these, those in which units were in work that count
  std::uint64_t peak_memory = 0;  ///< bytes
  int restart = 0;                ///< how many times SLURM requeued its job
};

/// Who computed the run.
struct ReportComputation {
  std::optional<double> efficiency;  ///< from 0 to 1
  std::vector<ReportProcess> processes;
};

/// What the tables do not have. All may be left away.
struct ReportParts {
  std::optional<ReportSurface> surface;
  std::vector<ReportInterval> intervals;
  std::optional<ReportVerdict> verdict;
  std::optional<ReportWalkForward> walk_forward;
  std::vector<ReportExecution> execution;
  std::vector<ReportWinners> winners;
  std::optional<ReportComputation> computation;
  std::map<std::string, std::string> absent;  ///< why a part is not there, by its key in the document
};

/// \throws Error (integrity) when a file is damaged.
std::string report_document(const ReportFiles& files, const ReportParts& parts);

/// The page around a document, which has to be JSON.
std::string make_report_html(std::string_view document);

/// Why the page has no charts; empty where it has.
std::string report_shortcomings();

}  // namespace sorsweep
