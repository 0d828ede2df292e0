/// \file
/// Router `notebook`: the source document's backtest, equal to the last bit (MODEL §2).
///
/// Each snapshot with K venues and R shares left: m = R < 1000 ? max(0, 0.1 R) : 0.4 R goes to the market, by
/// ascending ask; l = (R − m)/K to a limit order at each venue, filled min(l·p, size) with p = min(1, size/(size + l)).
/// The penalties do not enter, as they do not in the document: every point gives the same result.
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
  double px;      ///< dollars
  double shares;  ///< may be 0: the document logs a market fill at an ask of size 0
  double cost;    ///< dollars
};

struct Outcome {
  double total_cost = 0;  ///< dollars
  double filled_shares = 0;
};

/// The reference: one point, the document's operations in the document's order.
/// \param point  not looked at
/// \param shares to buy, > 0
/// \param log    receives every fill, where not null
Outcome run(const EventTape& tape, const Parameters& point, double shares, std::vector<Execution>* log = nullptr);

/// The same for many points, one SIMD lane a point; equal to `run` bit for bit.
/// \param points     their number is all that is looked at
/// \param total_cost dollars; it and `filled_shares` have points.size() elements
void run_lanes(const EventTape& tape, const ParameterColumns& points, double shares, std::span<double> total_cost,
               std::span<double> filled_shares);

}  // namespace sorsweep::notebook
