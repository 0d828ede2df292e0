/// \file
/// Makes small days of quotes for tests of whatever works an order in slices. Times are in seconds, prices in cents,
/// and sizes in shares.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "sweep/slice_cases.hpp"

namespace sorsweep::test {

inline constexpr Nano kCent = kNanoPerDollar / 100;

struct Side2 {
  std::int64_t cents = 0;  ///< 0: absent
  std::uint32_t size = 0;
};

inline QuoteRow row(double second, std::uint32_t publisher, Side2 bid, Side2 ask, char action = 'M') {
  QuoteRow made;
  made.ts_event_ns = made.ts_recv_ns = static_cast<TimeNs>(second * 1e9);
  made.publisher_id = publisher;
  made.action = action;
  if (bid.cents != 0) made.bid_px = bid.cents * kCent, made.bid_sz = bid.size;
  if (ask.cents != 0) made.ask_px = ask.cents * kCent, made.ask_sz = ask.size;
  return made;
}

inline QuoteColumns day_of(const std::vector<QuoteRow>& rows) {
  QuoteColumns quotes;
  for (const auto& each : rows) quotes.push_back(each);
  return quotes;
}

/// Makes a row of one of four venues, on a lattice so coarse that ties, locked books and empty sides are frequent.
inline QuoteRow random_row(TimeNs second) {
  const auto bid = 10'000 + *rc::gen::weightedElement<std::int64_t>({{6, 0}, {2, -1}, {1, 1}, {1, -10'000}});
  const auto ask = 10'002 + *rc::gen::weightedElement<std::int64_t>({{6, 0}, {2, -1}, {1, -2}, {1, -10'002}});
  auto made = row(static_cast<double>(second), *rc::gen::inRange(1U, 5U), {bid, 10 * *rc::gen::inRange(1U, 30U)},
                  {ask, 10 * *rc::gen::inRange(1U, 30U)});
  made.action = *rc::gen::weightedElement<char>({{5, 'M'}, {2, 'T'}});
  made.price = *rc::gen::element<std::int64_t>(10'000, 10'000, 9'999, 10'002) * kCent;
  made.size = 10 * *rc::gen::inRange(1U, 15U);
  made.side = *rc::gen::element('A', 'B', 'N');
  return made;
}

/// Makes rows of [first, last) in order of time.
inline std::vector<QuoteRow> random_rows(TimeNs first, TimeNs last, int count) {
  std::vector<TimeNs> seconds;
  for (int i = 0; i < count; ++i) seconds.push_back(*rc::gen::inRange(first, last));
  std::sort(seconds.begin(), seconds.end());
  std::vector<QuoteRow> rows;
  for (const auto second : seconds) rows.push_back(random_row(second));
  return rows;
}

/// The session lasts ten minutes, which are ten slices. Every venue but one opens with a quote.
inline constexpr TimeNs kSessionSeconds = 600;

inline std::vector<QuoteRow> opening() {
  return {row(0, 1, {10'000, 150}, {10'002, 200}), row(0, 2, {10'000, 100}, {10'002, 90}),
          row(0, 3, {9'999, 300}, {10'003, 400})};
}

/// Makes the last quote, which keeps the session open to its end and decides what kind of feed it is.
inline QuoteRow closing() {
  return row(kSessionSeconds - 1, 3, {9'999, 300}, {10'003, 400});
}

inline std::vector<QuoteRow> random_session(int count = 250) {
  auto rows = opening();
  const auto more = random_rows(1, kSessionSeconds - 1, count);
  rows.insert(rows.end(), more.begin(), more.end());
  rows.push_back(closing());
  return rows;
}

inline DayKey some_day(unsigned day = 8) {
  return {"ABC", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(day)}};
}

inline DayData day_data(const std::vector<QuoteRow>& rows, unsigned day = 8) {
  return {some_day(day), day_of(rows), TimeWindow{0, kSessionSeconds * kNsPerSecond}};
}

/// Returns settings with slices of a minute and samples every 15 s, at least 4 of them.
inline SliceSettings settings(std::int64_t shares = 3'070) {
  SliceSettings made;
  made.order = {Side::buy, shares, 100, 60 * kNsPerSecond};
  made.fees.publishers[2] = {1'000'000, 3'000'000};
  made.model.samples = 12;
  made.model.min_samples = 4;
  made.model.sample_stride_ns = 15 * kNsPerSecond;
  made.model.venues_max = 3;
  return made;
}

inline SliceSettings random_settings() {
  auto made = settings(*rc::gen::inRange<std::int64_t>(1, 4'000));
  made.model.outflow.queue_model = *rc::gen::element(QueueModel::all, QueueModel::trades, QueueModel::pro_rata);
  made.model.outflow.depletion = *rc::gen::element(Depletion::fill, Depletion::none);
  made.model.max_quote_age_ns = *rc::gen::element<TimeNs>(0, 0, 90) * kNsPerSecond;
  if (*rc::gen::inRange(0, 3) == 0) made.model.half_spread = kCent;
  return made;
}

/// Makes 4 × 3 × 2 points at which decisions differ.
inline Grid grid() {
  return Grid({list_axis("lambda_over", {kCent / 10, kCent, 3 * kCent, 9 * kCent}),
               list_axis("lambda_under", {0, 2 * kCent, 20 * kCent}), list_axis("theta_queue", {0, kCent / 2})});
}

inline SliceCases cases_of(const std::vector<QuoteRow>& rows, const SliceSettings& settings) {
  return make_slice_cases(day_data(rows), settings, grid());
}

/// Runs a day over the whole grid.
inline UnitResult run(const std::vector<QuoteRow>& rows, const SliceSettings& settings, const Grid& points = grid(),
                      Engine engine = Engine::collapse) {
  const auto backtest = make_slice_backtest(points, settings);
  const auto evaluation = backtest->prepare(day_data(rows), engine);
  UnitResult unit{evaluation->facts(), make_surface(points.size(), true), {}, {}};
  evaluation->evaluate({0, points.rows()}, writable_rows_of(unit.surface, 0, points.size()));
  return unit;
}

}  // namespace sorsweep::test
