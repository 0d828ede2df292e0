// The sections `symbols`, `days`, `pinned_days` and `order`: what is traded, and when.
#include <fmt/format.h>

#include <algorithm>

#include "config/config_parts.hpp"
#include "sorsweep/router/router.hpp"

namespace sorsweep {
namespace {

constexpr std::int64_t kMostShares = 1'000'000'000;

Date date_of(const YamlNode& node, std::string_view name) {
  const auto date = parse_date(scalar_of(node, name));
  if (!date) refuse_at(node, fmt::format("{}: «{}» is not a date", name, node.scalar), "", "write it like 2024-08-01");
  return *date;
}

TimeNs time_of(const YamlNode& node, std::string_view name) {
  const auto time = parse_time_of_day(scalar_of(node, name));
  if (!time)
    refuse_at(node, fmt::format("{}: «{}» is not a time of day", name, node.scalar), "", "write it like \"09:35\"");
  return *time;
}

void read_hours(const Section& section, OrderConfig& order) {
  if (const auto* start = section.find("start")) order.start_ns = time_of(*start, "order.start");
  const auto* end = section.find("end");
  if (end == nullptr) return;
  order.end_ns = time_of(*end, "order.end");
  if (*order.end_ns <= order.start_ns.value_or(0))
    refuse_at(*end, fmt::format("order.end {} is not after order.start{}", end->scalar,
                                section.find("start") ? " " + section.find("start")->scalar : ""));
}

void read_tz(const Section& section, OrderConfig& order) {
  const auto* tz = section.find("tz");
  if (tz == nullptr) return;
  order.tz = scalar_of(*tz, "order.tz");
  try {
    const TimeZone check(order.tz);
  } catch (const Error& error) {
    throw error.within(tz->place);
  }
}

/// Reads the keys that only routers which work in slices have: slice, lot and leftover.
void read_slices(const Section& section, const OrderConfig& hours, ParentOrder& order) {
  if (!hours.start_ns || !hours.end_ns)
    refuse_at(section.node(), "order.start and order.end are missing", "slices are cut from the order's hours");
  const auto& slice = section.need("slice");
  order.slice_ns = duration_of(slice, "order.slice", kNsPerSecond);
  if (order.slice_ns > *hours.end_ns - *hours.start_ns)
    refuse_at(slice, fmt::format("order.slice {} is longer than the order's hours", slice.scalar));
  if (const auto* lot = section.find("lot")) order.lot = integer_of(*lot, "order.lot", 1, order.shares);
  order.lot = std::min(order.lot, order.shares);
  if (const auto* leftover = section.find("leftover"); leftover && scalar_of(*leftover, "order.leftover") != "cross")
    refuse_at(*leftover, fmt::format("order.leftover is «{}»", leftover->scalar),
              "what a slice does not fill is bought at its end", "write cross");
}

std::vector<Date> read_dates(const YamlNode& list, std::string_view name) {
  std::vector<Date> dates;
  for (const auto& item : list.items) {
    const auto date = date_of(item, name);
    if (!dates.empty() && date <= dates.back())
      refuse_at(item, fmt::format("the day {} is not after the one before it", format_date(date)));
    dates.push_back(date);
  }
  return dates;
}

}  // namespace

std::vector<std::string> read_symbols(const YamlNode& node) {
  std::vector<std::string> symbols;
  if (is_word(node, "all")) return symbols;
  if (node.kind != YamlNode::Kind::list || node.items.empty())
    refuse_at(node, "symbols must be a list of at least one, or all", "", "write it like [AAPL, MSFT]");
  for (const auto& item : node.items) {
    const auto& symbol = scalar_of(item, "symbols");
    if (std::ranges::find(symbols, symbol) != symbols.end())
      refuse_at(item, fmt::format("the symbol {} is there twice", symbol));
    symbols.push_back(symbol);
  }
  return symbols;
}

DaySelection read_days(const YamlNode& node) {
  DaySelection days;
  if (is_word(node, "all")) return days;
  if (node.kind == YamlNode::Kind::map) {
    const Section section(node, "days", {"from", "to"});
    if (const auto* from = section.find("from")) days.from = date_of(*from, "days.from");
    if (const auto* to = section.find("to")) days.to = date_of(*to, "days.to");
    return days;
  }
  if (node.kind != YamlNode::Kind::list || node.items.empty())
    refuse_at(node, "days must be all, a list of dates, or {from: DATE, to: DATE}");
  days.list = read_dates(node, "days");
  return days;
}

DaysBySymbol read_pinned_days(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::map || node.keys.empty())
    refuse_at(node, "pinned_days must be a map of lists", "", "write it like {AAPL: [2024-08-01, 2024-08-02]}");
  DaysBySymbol days;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const auto& list = node.values[i];
    if (list.kind != YamlNode::Kind::list || list.items.empty())
      refuse_at(list, fmt::format("pinned_days.{} must be a list of at least one date", node.keys[i]));
    days[node.keys[i]] = read_dates(list, "pinned_days");
  }
  return days;
}

void read_order(const YamlNode& node, Config& config) {
  const Section section(node, "order", {"side", "shares", "start", "end", "tz", "slice", "lot", "leftover"});
  auto& order = config.order;
  const bool sliced = is_sliced(config);
  if (const auto* side = section.find("side")) {
    order.side =
        choice_of(*side, "order.side", std::array<std::string_view, 2>{"buy", "sell"}) == 0 ? Side::buy : Side::sell;
    if (order.side == Side::sell && !sliced)
      refuse_at(*side, "order.side is «sell»", fmt::format("the router {} can only buy", config.router), "write buy");
  }
  order.shares = integer_of(section.need("shares"), "order.shares", 1, kMostShares);
  read_hours(section, order);
  read_tz(section, order);
  auto& parent = config.slices.order;
  parent.side = order.side;
  parent.shares = order.shares;
  if (sliced) return read_slices(section, order, parent);
  for (const auto* key : {"slice", "lot", "leftover"})
    if (const auto* unused = section.find(key))
      refuse_at(*unused, fmt::format("the router {} has no use for order.{}", config.router, key),
                "it does not work in slices", "take it out");
}

}  // namespace sorsweep
