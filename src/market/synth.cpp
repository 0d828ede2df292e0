#include "market/synth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/error.hpp"
#include "core/text.hpp"
#include "market/synth_book.hpp"
#include "market/synth_random.hpp"

// This file and synth_book.cpp use integers only. With floating point, the library or the order in which a compiler
// adds would make the bytes differ from one machine to another.

namespace sorsweep {
namespace {

using std::chrono::sys_days;
using synth::Random;

constexpr std::size_t kMinutes = 390;  // 09:30 to 16:00
constexpr TimeNs kMinuteNs = 60 * kNsPerSecond;
constexpr TimeNs kOpenNs = (9 * 60 + 30) * kMinuteNs;  // after local midnight
constexpr std::string_view kZone = "America/New_York";

[[noreturn]] void refuse(const std::string& problem, std::string_view advice) {
  throw Error(Exit::usage, problem, "no market can be generated from that", advice);
}

bool is_symbol_char(char c) {
  return is_alphanumeric(c) || c == '.' || c == '-' || c == '_';
}

void check(const SynthOptions& options, int day) {
  const auto& [days, venues, rows, seed, symbol, first_day] = options;
  if (days < 1 || days > 10'000) refuse(fmt::format("{} days", days), "ask for 1 to 10,000");
  if (venues < 1 || venues > 12) refuse(fmt::format("{} venues", venues), "ask for 1 to 12");
  if (rows < 10 || rows > 50'000'000) refuse(fmt::format("{} rows a day", rows), "ask for 10 to 50,000,000");
  if (symbol.empty() || symbol.size() > 21 || !std::all_of(symbol.begin(), symbol.end(), is_symbol_char))
    refuse(fmt::format("the symbol «{}»", symbol), "use 1 to 21 letters, digits, '.', '-' or '_'");
  if (!first_day.ok() || first_day.year() < std::chrono::year(1990) || first_day.year() > std::chrono::year(2199))
    refuse("the first day", "use a calendar date from 1990 to 2199");
  if (day < 0 || day >= days) refuse(fmt::format("day {} of {}", day, days), "count from 0");
}

bool is_trading_day(sys_days day) {
  using namespace std::chrono;
  const weekday name(day);
  if (name == Saturday || name == Sunday) return false;
  const Date date(day);
  const auto in_year = date.month() / date.day();
  constexpr std::array holidays = {January / 1, June / 19, July / 4, December / 25};
  return std::find(holidays.begin(), holidays.end(), in_year) == holidays.end();
}

/// Purposes for `key_of` besides the days, which are counted from 0.
constexpr std::uint64_t kPriceWalk = ~std::uint64_t{0};
constexpr std::uint64_t kVenueTraits = kPriceWalk - 1;

/// Mixes the seed, the symbol and a purpose into one number.
std::uint64_t key_of(const SynthOptions& options, std::uint64_t purpose) {
  std::uint64_t key = 0xCBF29CE484222325U;  // FNV-1a
  for (const char c : options.symbol) key = (key ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  for (const auto part : {options.seed, purpose}) {
    key ^= part;
    key = split_mix(key);
  }
  return key;
}

/// Returns the day's first bid in ticks. It walks over the days, starting between $100 and $200. A step is at most
/// about 0.6 %.
std::int64_t opening_bid_ticks(const SynthOptions& options, int day) {
  constexpr std::int64_t low = 8'000, high = 25'000, step = 90;
  Random random(key_of(options, kPriceWalk));
  auto ticks = 10'000 + random.below(std::int64_t{10'001});
  for (int d = 0; d < day; ++d) ticks = std::clamp(ticks - step + random.below(2 * step + 1), low, high);
  return ticks;
}

/// Returns how busy a minute is: a parabola over the day, with bursts in the first and the last ten minutes.
std::int64_t busyness(std::size_t minute) {
  const auto m = static_cast<std::int64_t>(minute);
  const auto last = static_cast<std::int64_t>(kMinutes) - 1;
  const auto from_noon = 2 * m - last;
  const auto from_edge = std::min(m, last - m);
  return 100 + 150 * from_noon * from_noon / (last * last) + std::max<std::int64_t>(0, 40 * (10 - from_edge));
}

/// Returns the number of rows in each minute. Each row falls into a minute with a probability proportional to its
/// busyness. With uniform times within the minutes this is a Poisson process of that intensity, given its count.
std::array<std::size_t, kMinutes> rows_per_minute(std::size_t rows, Random& random) {
  std::array<std::int64_t, kMinutes> sums{};
  std::int64_t sum = 0;
  for (std::size_t m = 0; m < kMinutes; ++m) sums[m] = sum += busyness(m);
  std::array<std::size_t, kMinutes> counts{};
  for (std::size_t i = 0; i < rows; ++i) {
    const auto minute = std::upper_bound(sums.begin(), sums.end(), random.below(sum)) - sums.begin();
    ++counts[static_cast<std::size_t>(minute)];
  }
  return counts;
}

/// Draws a time for every row, in ns, ascending.
std::vector<TimeNs> row_times(TimeNs open_ns, std::size_t rows, Random& random) {
  std::vector<TimeNs> times;
  times.reserve(rows);
  auto minute_ns = open_ns;
  for (const auto count : rows_per_minute(rows, random)) {
    const auto first = static_cast<std::ptrdiff_t>(times.size());
    for (std::size_t i = 0; i < count; ++i) times.push_back(minute_ns + random.below(kMinuteNs));
    std::sort(times.begin() + first, times.end());
    minute_ns += kMinuteNs;
  }
  return times;
}

}  // namespace

Date synth_date(const SynthOptions& options, int day) {
  check(options, day);
  auto date = sys_days(options.first_day);
  while (!is_trading_day(date)) date += std::chrono::days(1);
  for (int d = 0; d < day; ++d) {
    do date += std::chrono::days(1);
    while (!is_trading_day(date));
  }
  return Date(date);
}

QuoteColumns synth_day(const SynthOptions& options, int day) {
  const auto open_ns = TimeZone(kZone).at(synth_date(options, day), kOpenNs);
  Random random(key_of(options, static_cast<std::uint64_t>(day)));
  const auto times = row_times(open_ns, options.rows, random);

  QuoteColumns columns;
  for_each_column(columns, [&](auto& column, const char*) { column.reserve(options.rows); });
  synth::Tape tape(times, columns);
  const Random traits(key_of(options, kVenueTraits));
  synth::Market market(options.venues, opening_bid_ticks(options, day), traits, random, tape);
  market.open();
  while (!tape.full()) market.step();
  tape.finish();
  return columns;
}

}  // namespace sorsweep
