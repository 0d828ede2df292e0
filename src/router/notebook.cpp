#include "router/notebook.hpp"

#include <algorithm>

namespace sorsweep::notebook {
namespace {

/// The state of an order. Sums are taken in the order of the source document.
struct Account {
  double remaining;
  double cost = 0;
  double filled = 0;

  /// Adds a fill. \return dollars spent
  double book(double shares, double px) {
    const double spent = shares * px;
    cost += spent;
    filled += shares;
    remaining -= shares;
    return spent;
  }
};

double market_part(double remaining) {
  return remaining < 1000 ? std::max(0.0, remaining * 0.1) : remaining * 0.4;
}

}  // namespace

Outcome run(const EventTape& tape, const Parameters&, double shares, std::vector<Execution>* log) {
  Account account{shares};
  const auto fill = [&](std::size_t s, std::size_t q, FillKind kind, double taken) {
    const double spent = account.book(taken, tape.ask_px[q]);
    if (log) log->push_back({tape.ts_ns[s], kind, tape.publisher_id[q], tape.ask_px[q], taken, spent});
  };

  for (std::size_t s = 0; s < tape.snapshots() && account.remaining > 0; ++s) {
    const auto begin = tape.first_quote[s];
    const auto end = tape.first_quote[s + 1];
    double market = market_part(account.remaining);
    const double limit = (account.remaining - market) / static_cast<double>(end - begin);

    for (auto i = begin; i < end && market > 0; ++i) {
      const auto q = tape.by_ask[i];
      const double taken = std::min(market, tape.ask_sz[q]);
      fill(s, q, FillKind::market, taken);
      market -= taken;
    }
    for (auto q = begin; q < end && limit > 0; ++q) {
      const double size = tape.ask_sz[q];
      const double probability = std::min(1.0, size / (size + limit));
      const double taken = std::min(limit * probability, size);
      if (taken > 0) fill(s, q, FillKind::limit, taken);
    }
  }
  return {account.cost, account.filled};
}

}  // namespace sorsweep::notebook
