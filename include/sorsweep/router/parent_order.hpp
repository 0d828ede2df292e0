/// \file
/// A parent order and its slices over a session (docs/model.md, "From the order to slices").
#pragma once

#include <cstdint>
#include <vector>

#include "sorsweep/core/time.hpp"
#include "sorsweep/market/book.hpp"

namespace sorsweep {

/// The order that a router works over a day.
struct ParentOrder {
  Side side = Side::buy;
  std::int64_t shares = 0;
  std::int64_t lot = 100;                ///< Shares per lot. Limit orders are placed in whole lots.
  TimeNs slice_ns = 600 * kNsPerSecond;  ///< T, the length of a slice.
};

/// The part of the order that one slice gets.
struct SlicePlan {
  TimeNs begin_ns = 0;    ///< t0.
  TimeNs end_ns = 0;      ///< t0 + T.
  std::int64_t lots = 0;  ///< ⌊(i+1)n/m⌋ − ⌊in/m⌋ for slice i of m and n lots in all. It can be 0.
  std::int64_t odd = 0;   ///< Shares beyond whole lots. The last slice adds them to its market order.
};

/// The slices of a session.
struct Schedule {
  std::vector<SlicePlan> slices;
  std::size_t slices_in_session = 0;  ///< Number of whole slices that fit into the session.
  /// Whether quotes end before the session does: a half-day, a halt, or a file that was cut off.
  bool is_early_close() const { return slices.size() < slices_in_session; }
};

/// Plans the whole slices of [session.begin, session.end) that begin before the last quote.
/// \param last_quote_ns time of the session's last quote; any time before session.begin if there is none
Schedule plan_slices(const ParentOrder& order, const TimeWindow& session, TimeNs last_quote_ns);

}  // namespace sorsweep
