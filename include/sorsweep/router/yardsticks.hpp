/// \file
/// The notebook's three yardsticks, same formulas (MODEL §2).
#pragma once

#include "sorsweep/market/event_tape.hpp"

namespace sorsweep::notebook {

/// Buying `shares` without a router.
struct YardstickCost {
  double total_cost = 0;  ///< dollars
  double avg_price = 0;   ///< dollars a share
};

struct Yardsticks {
  YardstickCost naive;  ///< all at the best ask of the first snapshot
  YardstickCost twap;   ///< equal parts at the mean ask of each whole 60 s interval; an empty one pays nothing
  YardstickCost vwap;   ///< all at Σ ask·size / Σ size
};

/// \param shares to buy. All zero on an empty tape, as in the notebook.
Yardsticks run_yardsticks(const EventTape& tape, double shares);

/// How much dearer the reference was, in basis points of the router's average price; 0 where that is 0. Prices in dollars.
double savings_bps(double reference_avg_price, double router_avg_price);

}  // namespace sorsweep::notebook
