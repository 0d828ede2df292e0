#include "job/day_loader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

using Days = std::vector<Date>;

std::string spell(const Days& days) {
  std::vector<std::string> words;
  for (const auto date : days) words.push_back(format_date(date));
  return join_some(words);
}

Days select_days(const DaySelection& selection, const Days& stored, const std::string& symbol) {
  for (const auto date : selection.list)
    if (!std::ranges::binary_search(stored, date))
      throw Error(Exit::input, fmt::format("the store has no day {} of {}", format_date(date), symbol),
                  fmt::format("it has {}", spell(stored)), "convert that day, or take it out of days");
  if (!selection.list.empty()) return selection.list;
  Days days;
  for (const auto date : stored)
    if (date >= selection.from.value_or(date) && date <= selection.to.value_or(date)) days.push_back(date);
  if (days.empty())
    throw Error(Exit::input, fmt::format("the store has no day of {} in that range", symbol),
                fmt::format("it has {}", spell(stored)));
  return days;
}

std::vector<std::string> names_of(const std::map<std::string, Days>& stored) {
  std::vector<std::string> names;
  for (const auto& [symbol, days] : stored) names.push_back(symbol);
  return names;
}

std::optional<TimeWindow> order_window(const OrderConfig& order, Date date) {
  if (!order.start_ns && !order.end_ns) return std::nullopt;
  const TimeZone zone(order.tz);
  const auto day = zone.day_window(date);
  return TimeWindow{order.start_ns ? zone.at(date, *order.start_ns) : day.begin_ns,
                    order.end_ns ? zone.at(date, *order.end_ns) : day.end_ns};
}

/// Returns the columns that make_event_tape reads, or all of them for a router that works in slices.
ColumnNames columns_of(const Config& config) {
  static constexpr std::array<std::string_view, 4> tape = {"ts_event_ns", "publisher_id", "ask_px_nano", "ask_sz"};
  return is_sliced(config) ? ColumnNames() : ColumnNames(tape);
}

DayData load_columns(const Config& config, const DayKey& day, ColumnNames columns, const std::string& content) {
  const auto path = day_path(config.store, day);
  auto stored = read_day(path, columns);
  if (!content.empty() && stored.content != content)
    throw Error(Exit::integrity, fmt::format("{} has changed since the run began", path.string()), "",
                "sweep again, into another folder");
  DayData data{day, std::move(stored.quotes), order_window(config.order, day.date)};
  const bool counts_trades = is_sliced(config) && config.slices.model.outflow.queue_model != QueueModel::all;
  if (counts_trades && std::ranges::find(data.quotes.action, 'T') == data.quotes.action.end())
    throw Error(Exit::usage, "queues cannot be followed by their trades", "the day has no trade records",
                "use queue_model: all, or convert a feed that has them");
  return data;
}

DayHeader check_day(const Config& config, const DayKey& day) {
  const auto path = day_path(config.store, day);
  auto header = read_day_header(path);
  if (header.key != day)
    throw Error(Exit::integrity, fmt::format("{} holds {}", path.string(), to_string(header.key)),
                "a day file was renamed or copied", "convert that day again");
  if (header.tz != config.order.tz)
    throw Error(Exit::usage, fmt::format("order.tz is {}", config.order.tz),
                fmt::format("{} was cut in {}", path.string(), header.tz), "make them the same");
  return header;
}

}  // namespace

std::vector<DayKey> select_units(const Config& config) {
  const auto stored = list_store(config.store);
  const auto all = names_of(stored);
  std::vector<DayKey> units;
  for (const auto& symbol : config.symbols.empty() ? all : config.symbols) {
    const auto found = stored.find(symbol);
    if (found == stored.end())
      throw Error(Exit::input, fmt::format("the store {} has no symbol {}", config.store.string(), symbol),
                  all.empty() ? "it is empty" : fmt::format("it has {}", join_words(all, "and")),
                  did_you_mean(symbol, all));
    for (const auto date : select_days(config.days, found->second, symbol)) units.push_back({symbol, date});
  }
  if (units.empty())
    throw Error(Exit::input, fmt::format("the store {} is empty", config.store.string()), "",
                "convert some days first");
  return units;
}

std::vector<DayHeader> check_days(const Config& config, const std::vector<DayKey>& days) {
  std::vector<DayHeader> headers;
  for (const auto& day : days) headers.push_back(check_day(config, day));
  return headers;
}

std::vector<DayHeader> check_days_since(const RunRecord& record, const Config& config,
                                        const std::vector<DayKey>& days) {
  std::map<std::string, const Manifest::Day*> recorded;
  for (const auto& day : record.manifest.days) recorded[day.name] = &day;
  const auto& content = record.identity.content;
  std::vector<DayHeader> headers;
  for (const auto& day : days) {
    const auto known = recorded.find(to_string(day));
    const auto hash = content.find(to_string(day));
    const bool is_same = known != recorded.end() && hash != content.end() && !known->second->seal.empty() &&
                         known->second->seal == peek_seal(day_path(config.store, day));
    headers.push_back(is_same ? DayHeader{day, config.order.tz, known->second->rows, hash->second, known->second->seal}
                              : check_day(config, day));
  }
  return headers;
}

DayData load_day(const Config& config, const DayKey& day, const std::string& content) {
  return load_columns(config, day, columns_of(config), content);
}

DayData load_whole_day(const Config& config, const DayKey& day) {
  return load_columns(config, day, {}, "");
}

}  // namespace sorsweep
