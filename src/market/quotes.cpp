#include "sorsweep/market/quotes.hpp"

#include <algorithm>
#include <numeric>

namespace sorsweep {

void QuoteColumns::push_back(const QuoteRow& row) {
  ts_recv_ns.push_back(row.ts_recv_ns);
  ts_event_ns.push_back(row.ts_event_ns);
  publisher_id.push_back(row.publisher_id);
  action.push_back(row.action);
  side.push_back(row.side);
  flags.push_back(row.flags);
  size.push_back(row.size);
  price.push_back(row.price);
  bid_px.push_back(row.bid_px);
  ask_px.push_back(row.ask_px);
  bid_sz.push_back(row.bid_sz);
  ask_sz.push_back(row.ask_sz);
}

QuoteRow QuoteColumns::row(std::size_t i) const {
  return {ts_recv_ns[i], ts_event_ns[i], publisher_id[i], action[i], side[i],   flags[i],
          size[i],       price[i],       bid_px[i],       ask_px[i], bid_sz[i], ask_sz[i]};
}

void QuoteColumns::sort_by_recv_time() {
  if (std::is_sorted(ts_recv_ns.begin(), ts_recv_ns.end())) return;
  std::vector<std::size_t> order(rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return ts_recv_ns[a] < ts_recv_ns[b]; });
  for_each_column(*this, [&](auto& column, const char*) {
    auto sorted = column;
    for (std::size_t i = 0; i < order.size(); ++i) sorted[i] = column[order[i]];
    column.swap(sorted);
  });
}

}  // namespace sorsweep
