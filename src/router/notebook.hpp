/// \file
/// Router `notebook`: the source document's backtest, equal to the last bit (docs/model-notebook.md, "The router").
///
/// At each snapshot with K venues and R shares left, m = R < 1000 ? max(0, 0.1 R) : 0.4 R shares go to the market by
/// ascending ask. A limit order of l = (R − m)/K shares goes to each venue and fills min(l·p, size), where p = min(1,
/// size/(size + l)). Penalties have no effect, as in the document, so every point gives the same result.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sorsweep/market/event_tape.hpp"
#include "sorsweep/router/parameters.hpp"

namespace sorsweep::notebook {

enum class FillKind : std::uint8_t { market, limit };

/// One line of the execution log.
struct Execution {
  TimeNs ts_ns;
  FillKind kind;
  std::uint32_t publisher_id;
  double px;      ///< Dollars per share.
  double shares;  ///< Can be 0, because the document logs market fills at an ask of size 0.
  double cost;    ///< Dollars.
};

/// The result of a day.
struct Outcome {
  double total_cost = 0;  ///< Dollars.
  double filled_shares = 0;
};

/// Runs one point with the document's operations in the document's order. This is the reference.
/// \param point ignored
/// \param shares to buy, > 0
/// \param log receives every fill, unless it is null
Outcome run(const EventTape& tape, const Parameters& point, double shares, std::vector<Execution>* log = nullptr);

/// Runs many points, one SIMD lane per point. The result equals that of `run` bit for bit.
/// \param points only their number matters
/// \param total_cost dollars; like `filled_shares` it has points.size() elements
void run_lanes(const EventTape& tape, const ParameterColumns& points, double shares, std::span<double> total_cost,
               std::span<double> filled_shares);

}  // namespace sorsweep::notebook
