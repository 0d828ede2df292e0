/// \file
/// How many shares left the front of a queue in a window: the random part of a limit order's fill (MODEL §4.1).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sorsweep/market/book.hpp"

namespace sorsweep {

/// Which falls of a queue's size are in front of an order that joined it.
enum class QueueModel {
  all,       ///< all of them
  trades,    ///< what trades took; needs trade records: a day without them has no outflow
  pro_rata,  ///< what trades took, and cancels in proportion to what is still ahead
};

inline constexpr std::array<std::string_view, 3> kQueueModelNames = {"all", "trades", "pro_rata"};

/// What becomes of a queue whose venue bids less than its price.
enum class Depletion {
  fill,  ///< it flows out whole if no venue bids its price or more at that moment, else as with `none`
  none,  ///< it keeps what was counted until then
};

inline constexpr std::array<std::string_view, 2> kDepletionNames = {"fill", "none"};

struct OutflowOptions {
  QueueModel queue_model = QueueModel::all;
  Depletion depletion = Depletion::fill;
  TimeNs depletion_age_ns = 5 * kNsPerSecond;  ///< older quotes do not hold the national bid; 0: any age does
};

/// The outflow of a queue that was traded through: more shares than any queue and order have.
inline constexpr std::int64_t kEverything = std::int64_t{1} << 31;

/// The shares that left, in (begin, end], the front of the bid queue that stood at `publisher_id` at begin_ns: price
/// p0, size q, by the publisher's last quote, however old. 0 where it had no bid. While the bid is
/// - **p0**: a fall in size by d adds d (`all`), or trades at p0 add their size unless a buyer was the aggressor
///   (`trades`). `pro_rata` adds trades, and of a fall by d: trades since the queue last stood anew at p0 that explain
///   no earlier fall explain this one first; the rest c = d - explained are cancels, and add c · ahead / size, rounded
///   down, where ahead = min(max(q - outflow so far, 0), size) and size = size before the fall - explained.
/// - **above p0**: nothing. When it comes back, the size it comes back with is the size.
/// - **below p0, or absent**: following stops, whatever comes later. With Depletion::fill the outflow is kEverything if
///   at that moment no venue bids p0 or more with a quote no older than depletion_age_ns: the price was traded through.
///   Otherwise its venue merely lost it, and the outflow is what was counted. A moment is a ns with all rows stamped
///   with it (so a venue that is back at p0 in the same ns holds it itself); quotes are not uncrossed here.
///
/// No row after end_ns has an effect. Cost: binary searches, and one step for each run of an unchanged bid in the window
/// (`pro_rata`: for each row).
/// \throws Error (usage) for `all` and `pro_rata` on a TBBO day: it has no quotes between trades.
std::int64_t outflow(const QuoteHistory& history, std::uint32_t publisher_id, TimeNs begin_ns, TimeNs end_ns,
                     const OutflowOptions& options = {});

}  // namespace sorsweep
