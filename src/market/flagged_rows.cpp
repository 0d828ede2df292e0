#include "market/flagged_rows.hpp"

namespace sorsweep {
namespace {

/// Returns the counter for the row's fault, or nullptr for a row that stays.
std::size_t* reason(const QuoteColumns& quotes, std::size_t i, FlaggedRows& found) {
  if (quotes.flags[i] & kFlagBadTsRecv) return &found.bad_time;
  if (quotes.flags[i] & kFlagMaybeBadBook) return &found.bad_book;
  const auto bid = quotes.bid_px[i];
  const auto ask = quotes.ask_px[i];
  if (!is_defined_px(bid) || !is_defined_px(ask)) return &found.one_sided;
  return bid > ask ? &found.crossed : nullptr;
}

}  // namespace

FlaggedRows& FlaggedRows::operator+=(const FlaggedRows& other) {
  bad_time += other.bad_time;
  bad_book += other.bad_book;
  one_sided += other.one_sided;
  crossed += other.crossed;
  return *this;
}

FlaggedRows remove_flagged(QuoteColumns& quotes) {
  FlaggedRows found;
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < quotes.rows(); ++i) {
    if (auto* count = reason(quotes, i, found)) {
      ++*count;
    } else {
      kept.push_back(i);
    }
  }
  for_each_column(quotes, [&](auto& column, const char*) {
    for (std::size_t i = 0; i < kept.size(); ++i) column[i] = column[kept[i]];
    column.resize(kept.size());
  });
  return found;
}

}  // namespace sorsweep
