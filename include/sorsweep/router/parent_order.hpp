/// \file
/// A parent order cut into slices over a session (MODEL §4.2).
#pragma once

#include <cstdint>
#include <vector>

#include "sorsweep/core/time.hpp"
#include "sorsweep/market/book.hpp"

namespace sorsweep {

struct ParentOrder {
  Side side = Side::buy;
  std::int64_t shares = 0;
  std::int64_t lot = 100;                ///< shares; limit orders are placed in whole lots
  TimeNs slice_ns = 600 * kNsPerSecond;  ///< T, the horizon of one decision
};

/// One decision's part of the order.
struct SlicePlan {
  TimeNs begin_ns = 0;    ///< t0
  TimeNs end_ns = 0;      ///< t0 + T
  std::int64_t lots = 0;  ///< ⌊(i+1)n/m⌋ − ⌊in/m⌋ of n lots in m slices; can be 0
  std::int64_t odd = 0;   ///< shares beyond whole lots, in the last slice: they go to its market order
};

struct Schedule {
  std::vector<SlicePlan> slices;
  std::size_t slices_in_session = 0;  ///< whole slices that the session has room for
  /// The session's quotes end before its slices do: a half-day, a halt, or a day that was cut off.
  bool is_early_close() const { return slices.size() < slices_in_session; }
};

/// Whole slices of [session.begin, session.end), of which only those are used that begin before the session's last
/// quote. \param last_quote_ns of the session; any moment before session.begin where it has none
Schedule plan_slices(const ParentOrder& order, const TimeWindow& session, TimeNs last_quote_ns);

}  // namespace sorsweep
