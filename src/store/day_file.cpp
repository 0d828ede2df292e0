#include "sorsweep/store/day_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/build_info.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "core/parallel.hpp"
#include "core/text.hpp"
#include "feed/row_block.hpp"
#include "store/encoded_day.hpp"
#include "store/h5.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKind = "sorsweep.day";

std::string unit_of(std::string_view column) {
  if (column.ends_with("_ns")) return "ns since 1970-01-01T00:00:00Z";
  if (column.ends_with("_nano")) return "1e-9 USD; 9223372036854775807: undefined";
  if (column == "action" || column == "side") return "ASCII code";
  if (column.ends_with("sz") || column == "size") return "shares";
  return column == "flags" ? "bits" : "id";
}

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw Error(Exit::integrity, fmt::format("{} is not a day of this store", path.string()), why,
              "name a day that convert made, or convert it again");
}

DayHeader read_header(const h5::Reader& file, const fs::path& path) {
  const auto kind = file.text("kind");
  if (kind != kKind) refuse(path, fmt::format("its kind is «{}»", kind));
  const auto version = file.number("schema_version");
  if (version != kDaySchemaVersion)
    refuse(path, fmt::format("its schema has version {}, this program reads {}", version, kDaySchemaVersion));
  const auto date = parse_date(file.text("date"));
  if (!date) refuse(path, "its date is not a date");
  return {{file.text("symbol"), *date},
          file.text("tz"),
          file.row_count("rows"),
          file.text("content_xxh3_128"),
          file.seal()};
}

/// Hashes all columns into one. The hash depends on the data only, not on how it is compressed.
std::string hash_content(const std::array<std::string, kQuoteColumns>& hashes) {
  Hasher hasher;
  std::size_t number = 0;
  for_each_column_member([&](auto, const char* name) { hasher.add_text(name).add_text(hashes[number++]); });
  return hasher.hex();
}

void write_columns(h5::Writer& file, const DayBuilder& day, const std::array<std::string, kQuoteColumns>& hashes) {
  std::size_t number = 0;
  const QuoteColumns types;
  for_each_column(types, [&]<class T>(const std::vector<T>&, const char* name) {
    std::vector<std::string_view> chunks;
    for (const auto& chunk : day.chunks()) chunks.emplace_back(chunk->columns[number]);
    file.encoded_column<T>(name, day.rows(), chunks, unit_of(name), hashes[number]);
    ++number;
  });
}

void write_counts(h5::Writer& file, const Provenance& provenance, const QuoteFacts& facts) {
  file.attribute("rows_read", provenance.rows_read);
  file.attribute("rows_stored", provenance.rows_stored);
  file.attribute("rows_rejected", provenance.rows_rejected);
  file.attribute("rows_other_symbols", provenance.rows_other_symbols);
  file.attribute("rejects_by_kind", provenance.rejects_by_kind);
  file.attribute("venues", static_cast<std::int64_t>(facts.publishers.size()));
  file.attribute("rows_one_sided", static_cast<std::int64_t>(facts.one_sided));
  file.attribute("rows_locked", static_cast<std::int64_t>(facts.locked));
  file.attribute("rows_crossed", static_cast<std::int64_t>(facts.crossed));
  file.attribute("rows_stale", static_cast<std::int64_t>(facts.stale));
}

}  // namespace

fs::path day_path(const fs::path& store, const DayKey& day) {
  return store / day.symbol / (format_date(day.date) + ".h5");
}

void QuoteFacts::add(const QuoteFacts& other) {
  rows += other.rows;
  publishers.insert(other.publishers.begin(), other.publishers.end());
  undefined_asks += other.undefined_asks;
  one_sided += other.one_sided;
  locked += other.locked;
  crossed += other.crossed;
  stale += other.stale;
}

QuoteFacts describe_rows(const QuoteColumns& rows) {
  QuoteFacts facts;
  facts.rows = rows.ask_px.size();
  std::uint32_t last_publisher = 0;
  for (std::size_t i = 0; i < facts.rows; ++i) {
    const auto bid = rows.bid_px[i], ask = rows.ask_px[i];
    const bool has_ask = is_defined_px(ask), both = has_ask && is_defined_px(bid);
    facts.undefined_asks += !has_ask;
    facts.one_sided += !both;
    facts.locked += both && bid == ask;
    facts.crossed += both && bid > ask;
    if (i == 0 || rows.publisher_id[i] != last_publisher) facts.publishers.insert(rows.publisher_id[i]);
    last_publisher = rows.publisher_id[i];
  }
  return facts;
}

void write_day(const fs::path& path, const StoredDay& day) {
  auto quotes = day.quotes;
  auto builder = build_day(std::move(quotes), 1);
  builder.count_stale(day.stale);
  publish(path, [&](NewFile& file) { write_encoded_day(file, day.key, day.provenance, builder); });
}

void write_encoded_day(NewFile& to, const DayKey& key, const Provenance& provenance, const DayBuilder& day) {
  h5::Writer file(kDayDeflateLevel);
  const auto hashes = day.hashes();
  write_columns(file, day, hashes);
  file.attribute("kind", kKind);
  file.attribute("schema_version", kDaySchemaVersion);
  file.attribute("program", fmt::format("sorsweep {} ({})", build_info().version, build_info().git_sha));
  file.attribute("symbol", key.symbol);
  file.attribute("date", format_date(key.date));
  file.attribute("tz", provenance.tz);
  file.attribute("rows", static_cast<std::int64_t>(day.rows()));
  file.attribute("content_xxh3_128", hash_content(hashes));
  file.attribute("sources", provenance.sources);
  write_counts(file, provenance, day.facts());
  file.write_sealed(to);
}

DayHeader read_day_header(const fs::path& path) {
  return read_header(h5::Reader(path), path);
}

StoredDay read_day(const fs::path& path, ColumnNames columns, int threads) {
  const h5::Reader file(path);
  const auto header = read_header(file, path);
  StoredDay day{header.key, {}, {}, static_cast<std::uint64_t>(file.number("rows_stale")), header.content};
  day.provenance = {header.tz,
                    file.text("sources"),
                    file.number("rows_read"),
                    file.number("rows_rejected"),
                    file.number("rows_other_symbols"),
                    file.number("rows_stored"),
                    file.text("rejects_by_kind")};
  std::vector<std::function<void()>> wanted;
  for_each_column(day.quotes, [&]<class T>(std::vector<T>& column, const char* name) {
    if (!columns.empty() && std::find(columns.begin(), columns.end(), name) == columns.end()) return;
    wanted.emplace_back([&, name] {
      column = file.column<T>(name);
      if (column.size() != header.rows)
        refuse(path, fmt::format("the column {} has {} rows of {}", name, column.size(), header.rows));
    });
  });
  run_parts(threads, wanted.size(), [&](std::size_t i) { wanted[i](); });
  return day;
}

std::map<std::string, std::vector<Date>> list_store(const fs::path& store) {
  if (!fs::is_directory(store))
    throw Error(Exit::input, fmt::format("there is no store at {}", store.string()), "",
                "make one with `sorsweep convert INPUT -o STORE`");
  std::map<std::string, std::vector<Date>> days;
  for (const auto& folder : fs::directory_iterator(store)) {
    if (!folder.is_directory() || !is_symbol(folder.path().filename().string())) continue;
    for (const auto& file : fs::directory_iterator(folder)) {
      const auto date = parse_date(file.path().stem().string());
      if (date && file.path().extension() == ".h5") days[folder.path().filename().string()].push_back(*date);
    }
  }
  for (auto& [symbol, dates] : days) std::sort(dates.begin(), dates.end());
  return days;
}

bool is_symbol(std::string_view symbol) {
  const bool good_letters = std::all_of(symbol.begin(), symbol.end(), [](char c) {
    return is_alphanumeric(c) || std::string_view("._-+^=!#$&:@~ ").find(c) != std::string_view::npos;
  });
  const bool good_ends = !symbol.empty() && symbol.front() != '.' && symbol.front() != ' ' && symbol.back() != ' ';
  return good_ends && good_letters && symbol.size() <= 64;
}

void check_symbol(const std::string& symbol) {
  if (!is_symbol(symbol))
    throw Error(
        Exit::input, fmt::format("«{}» cannot be a symbol", shorten(symbol)),
        "it names a folder of the store: 1 to 64 letters, digits or . _ - + ^ = ! # $ & : @ ~, blanks within, no "
        "dot in front",
        "if the input holds one symbol only, give it another name with --symbol");
}

}  // namespace sorsweep
