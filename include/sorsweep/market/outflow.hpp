/// \file
/// The outflow: how many shares left the front of a queue in a window. It is the random part of a limit order's fill
/// (docs/model.md, "Outflow").
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sorsweep/market/book.hpp"

namespace sorsweep {

/// Which falls of a queue's size count as shares that stood in front of an order that joined it.
enum class QueueModel {
  all,       ///< Every fall counts.
  trades,    ///< Only what trades took counts. Without trade records a day has no outflow.
  pro_rata,  ///< What trades took counts, and cancels in proportion to the shares that are still ahead.
};

inline constexpr std::array<std::string_view, 3> kQueueModelNames = {"all", "trades", "pro_rata"};

/// What becomes of a queue once its venue bids less than the queue's price.
enum class Depletion {
  fill,  ///< All of it flows out if no venue bids its price or more at that moment; otherwise as with `none`.
  none,  ///< Its outflow is what was counted until then.
};

inline constexpr std::array<std::string_view, 2> kDepletionNames = {"fill", "none"};

struct OutflowOptions {
  QueueModel queue_model = QueueModel::all;
  Depletion depletion = Depletion::fill;
  TimeNs depletion_age_ns = 5 * kNsPerSecond;  ///< Older quotes do not hold the price. With 0, quotes of any age do.
};

/// The outflow of a queue that was traded through, in shares: more than any queue and order together have.
inline constexpr std::int64_t kEverything = std::int64_t{1} << 31;

/// Counts the shares that left the front of a bid queue in the window (begin_ns, end_ns].
///
/// The queue is the bid of `publisher_id` at begin_ns, with price p0 and size q by its last quote, however old. Then
/// its quotes are followed. While its bid is
/// - **p0**: with `all`, a fall in size by d adds d. With `trades`, trades at p0 add their size unless a buyer was the
///   aggressor. `pro_rata` adds those trades and a part of each fall by d. Trades since the queue last stood anew at p0
///   that explain no earlier fall explain this one first. The rest, c = d − explained, are cancels and add c · ahead /
///   size, rounded down, with ahead = min(max(q − outflow so far, 0), size) and size = size before the fall −
///   explained.
/// - **above p0**: nothing is added. When the bid comes back to p0, its size is the one that it comes back with.
/// - **below p0, or absent**: following stops for good. With Depletion::fill, the outflow is kEverything if at that
///   moment no venue bids p0 or more with a quote no older than depletion_age_ns: the price was traded through.
///   Otherwise the venue merely lost the price, and the outflow is what was counted. A moment includes all rows stamped
///   with its ns, so a venue that is back at p0 in the same ns holds the price itself. Quotes are not uncrossed here.
///
/// Rows after end_ns have no effect. The cost is a few binary searches, and one step for each run of an unchanged bid
/// in the window (with `pro_rata`, for each row).
/// \return shares; 0 if the publisher had no bid
/// \throws Error (usage) for `all` and `pro_rata` on a TBBO day, which has no quotes between trades
std::int64_t outflow(const QuoteHistory& history, std::uint32_t publisher_id, TimeNs begin_ns, TimeNs end_ns,
                     const OutflowOptions& options = {});

}  // namespace sorsweep
