#include "sorsweep/router/parent_order.hpp"

#include <algorithm>

namespace sorsweep {

Schedule plan_slices(const ParentOrder& order, const TimeWindow& session, TimeNs last_quote_ns) {
  Schedule schedule;
  const auto whole = std::max<TimeNs>(0, (session.end_ns - session.begin_ns) / order.slice_ns);
  const auto quoted = std::max<TimeNs>(0, last_quote_ns - session.begin_ns);
  const auto used = std::min(whole, (quoted + order.slice_ns - 1) / order.slice_ns);
  schedule.slices_in_session = static_cast<std::size_t>(whole);
  const auto lots = order.shares / order.lot;
  for (std::int64_t i = 0; i < used; ++i) {
    const auto begin = session.begin_ns + i * order.slice_ns;
    schedule.slices.push_back({begin, begin + order.slice_ns, (i + 1) * lots / used - i * lots / used, 0});
  }
  if (used > 0) schedule.slices.back().odd = order.shares % order.lot;
  return schedule;
}

}  // namespace sorsweep
