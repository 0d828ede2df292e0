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

[[noreturn]] void refuse_absent(const DayKey& day, const char* why) {
  throw Error(Exit::input, fmt::format("the store has no day {} of {}", format_date(day.date), day.symbol), why,
              "put the day back, or sweep into another folder without it");
}

Days select_days(const DaySelection& selection, const Days& stored, const std::string& symbol, bool is_pinned) {
  for (const auto date : selection.list)
    if (!std::ranges::binary_search(stored, date))
      throw Error(
          Exit::input,
          fmt::format("{} no day {} of {}", is_pinned ? "pinned_days lists" : "the store has", format_date(date),
                      symbol),
          fmt::format("it has {}", spell(stored)),
          is_pinned ? "take it out of days, or add it to pinned_days" : "convert that day, or take it out of days");
  if (!selection.list.empty()) return selection.list;
  Days days;
  for (const auto date : stored)
    if (date >= selection.from.value_or(date) && date <= selection.to.value_or(date)) days.push_back(date);
  if (days.empty())
    throw Error(Exit::input,
                fmt::format("{} no day of {} in that range", is_pinned ? "pinned_days lists" : "the store has", symbol),
                fmt::format("it has {}", spell(stored)));
  return days;
}

std::vector<std::string> names_of(const DaysBySymbol& stored) {
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

/// Refuses a day that was there when the run began, and is no more.
void refuse_gone(const std::filesystem::path& path, const DayKey& day) {
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown) && !unknown) refuse_absent(day, "it had when the run began");
}

Error changed_day(const Config& config, const DayKey& day) {
  return {Exit::integrity, fmt::format("{} has changed since the run began", day_path(config.store, day).string()),
          "it holds other data", "put the former data back, or sweep again into another folder"};
}

DayData load_columns(const Config& config, const DayKey& day, ColumnNames columns, const DayHashes& content) {
  const auto path = day_path(config.store, day);
  refuse_gone(path, day);
  auto stored = read_day(path, columns);
  if (stored.content != content.at(to_string(day))) throw changed_day(config, day);
  DayData data{day, std::move(stored.quotes), order_window(config.order, day.date)};
  const bool counts_trades = is_sliced(config) && config.slices.model.outflow.queue_model != QueueModel::all;
  if (counts_trades && std::ranges::find(data.quotes.action, 'T') == data.quotes.action.end())
    throw Error(Exit::usage, "queues cannot be followed by their trades", "the day has no trade records",
                "use queue_model: all, or convert a feed that has them");
  return data;
}

/// Refuses pinned days that the store does not have.
void refuse_unstored(const DaysBySymbol& stored, const std::vector<DayKey>& days) {
  for (const auto& day : days) {
    const auto found = stored.find(day.symbol);
    if (found == stored.end() || !std::ranges::binary_search(found->second, day.date))
      refuse_absent(day, "pinned_days lists it");
  }
}

DayHeader check_day(const Config& config, const DayKey& day) {
  const auto path = day_path(config.store, day);
  refuse_gone(path, day);
  auto header = read_day_header(path);
  if (header.key != day)
    throw Error(Exit::integrity, fmt::format("{} holds {}", path.string(), to_string(header.key)),
                "a day file was renamed or copied", "convert that day again");
  if (header.tz != config.order.tz)
    throw Error(Exit::usage, fmt::format("order.tz is {}", config.order.tz),
                fmt::format("{} was cut in {}", path.string(), header.tz), "make them the same");
  return header;
}

/// Selects from the days that there are. \param where tells where these are
std::vector<DayKey> select_from(const Config& config, const DaysBySymbol& stored, const std::string& where) {
  const bool is_pinned = !config.pinned_days.empty();
  const auto all = names_of(stored);
  std::vector<DayKey> units;
  for (const auto& symbol : config.symbols.empty() ? all : config.symbols) {
    const auto found = stored.find(symbol);
    if (found == stored.end())
      throw Error(Exit::input, fmt::format("{} has no symbol {}", where, symbol),
                  all.empty() ? "it is empty" : fmt::format("it has {}", join_words(all, "and")),
                  did_you_mean(symbol, all));
    for (const auto date : select_days(config.days, found->second, symbol, is_pinned)) units.push_back({symbol, date});
  }
  return units;
}

}  // namespace

std::vector<DayKey> select_pinned(const Config& config) {
  return select_from(config, config.pinned_days, "pinned_days");
}

std::vector<DayKey> select_units(const Config& config) {
  const auto in_store = list_store(config.store);
  auto units = config.pinned_days.empty()
                   ? select_from(config, in_store, fmt::format("the store {}", config.store.string()))
                   : select_pinned(config);
  refuse_unstored(in_store, units);
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

void check_unchanged(const Config& config, const std::vector<DayHeader>& days, const DayHashes& content) {
  for (const auto& day : days)
    if (day.content != content.at(to_string(day.key))) throw changed_day(config, day.key).within(to_string(day.key));
}

DayData load_day(const Config& config, const DayKey& day, const DayHashes& content) {
  return load_columns(config, day, columns_of(config), content);
}

DayData load_whole_day(const Config& config, const DayKey& day, const DayHashes& content) {
  return load_columns(config, day, {}, content);
}

}  // namespace sorsweep
