/// \file
/// The three yardsticks of the source notebook, with its formulas (docs/model-notebook.md, "Baselines").
#pragma once

#include "sorsweep/market/event_tape.hpp"

namespace sorsweep::notebook {

/// The cost of buying the order without a router.
struct YardstickCost {
  double total_cost = 0;  ///< Dollars.
  double avg_price = 0;   ///< Dollars per share.
};

/// The yardsticks of a day. In a sliced run they are played by the rules of docs/model.md, "Yardsticks", instead.
struct Yardsticks {
  YardstickCost naive;  ///< Everything at the best ask of the first snapshot.
  /// Equal parts at the mean ask of each whole 60 s interval. An empty interval costs nothing, as in the notebook.
  YardstickCost twap;
  YardstickCost vwap;  ///< Everything at Σ ask·size / Σ size.
};

/// Plays the yardsticks on a day. All are zero on an empty tape, as in the notebook. \param shares the order's size
Yardsticks run_yardsticks(const EventTape& tape, double shares);

/// How much dearer a reference was than the router, in basis points of the router's average price. Prices are in
/// dollars per share. \return 0 if the router's price is 0
double savings_bps(double reference_avg_price, double router_avg_price);

}  // namespace sorsweep::notebook
