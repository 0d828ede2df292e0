/// \file
/// A router's backtest of one day over a whole grid: what a sweep is made of.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "sorsweep/market/quotes.hpp"
#include "sorsweep/router/slice.hpp"
#include "sorsweep/router/solver.hpp"
#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// A day as the store has it, and the order's hours in it.
struct DayData {
  DayKey key;
  QuoteColumns quotes;
  std::optional<TimeWindow> window;  ///< nothing: the whole day
};

enum class Engine {
  collapse,  ///< the work grows with the surfaces between regions of one decision (ENGINE §1)
  brute,     ///< every point on its own: the reference
};

/// Told from any thread how many points of a day are done.
using PointsDone = std::function<void(std::size_t)>;

class Backtest {
 public:
  virtual ~Backtest() = default;

  /// The day's result at every point of the grid; the same bytes for both engines and any number of threads.
  /// Called from several threads at once, for different days. The data may be taken apart to save memory.
  virtual UnitResult run(DayData&& day, const Grid& grid, Engine engine, const PointsDone& points_done) const = 0;
};

/// Router `notebook` (MODEL §2).
std::unique_ptr<Backtest> make_notebook_backtest(double shares);

/// Router `static_split` (MODEL §3).
std::unique_ptr<Backtest> make_static_split_backtest(std::int64_t shares, const FeeTable& fees);

/// Router `cont_kukanov` (MODEL §4).
struct SliceSettings {
  ParentOrder order;
  FeeTable fees;
  cont_kukanov::SliceModel model;
  cont_kukanov::Solver solver = cont_kukanov::Solver::exact;
  std::size_t max_candidates = 500'000;
};
std::unique_ptr<Backtest> make_slice_backtest(const SliceSettings& settings);

}  // namespace sorsweep
