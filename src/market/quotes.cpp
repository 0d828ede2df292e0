// tested by: tests/market/book_test.cpp (QuoteColumns)
#include "sorsweep/market/quotes.hpp"

#include <algorithm>
#include <numeric>

namespace sorsweep {

void QuoteColumns::push_back(const QuoteRow& row) {
  for_each_field([&](auto column, auto field, const char*) { (this->*column).push_back(row.*field); });
}

QuoteRow QuoteColumns::row(std::size_t i) const {
  QuoteRow row;
  for_each_field([&](auto column, auto field, const char*) { row.*field = (this->*column)[i]; });
  return row;
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
