#include "sorsweep/store/day_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "sorsweep/core/build_info.hpp"
#include "sorsweep/core/error.hpp"
#include "sorsweep/core/hash.hpp"
#include "store/h5.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKind = "sorsweep.day";
constexpr std::int64_t kSchemaVersion = 1;

std::string unit_of(std::string_view column) {
  if (column.ends_with("_ns")) return "ns since 1970-01-01T00:00:00Z";
  if (column.ends_with("_nano")) return "1e-9 USD; 9223372036854775807: undefined";
  if (column == "action" || column == "side") return "ASCII code";
  if (column.ends_with("sz") || column == "size") return "shares";
  return column == "flags" ? "bits" : "id";
}

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw Error(Exit::integrity, fmt::format("{} is no day of this store", path.string()), why,
              "name a day that convert made, or convert it again");
}

DayHeader read_header(const h5::Reader& file, const fs::path& path) {
  const auto kind = file.text("kind");
  if (kind != kKind) refuse(path, fmt::format("its kind is «{}»", kind));
  const auto version = file.number("schema_version");
  if (version != kSchemaVersion)
    refuse(path, fmt::format("its schema has version {}, this program reads {}", version, kSchemaVersion));
  const auto date = parse_date(file.text("date"));
  if (!date) refuse(path, "its date is none");
  return {{file.text("symbol"), *date},
          file.text("tz"),
          static_cast<std::size_t>(file.number("rows")),
          file.text("content_xxh3_128")};
}

std::string hash_content(const QuoteColumns& quotes) {
  Hasher hasher;
  for_each_column(quotes, [&]<class T>(const std::vector<T>& column, const char* name) {
    hasher.add_text(name).add_column(std::span<const T>(column));
  });
  return hasher.hex();
}

}  // namespace

fs::path day_path(const fs::path& store, const DayKey& day) {
  return store / day.symbol / (format_date(day.date) + ".h5");
}

void write_day(const fs::path& path, const StoredDay& day) {
  h5::Writer file(path);
  for_each_column(day.quotes, [&]<class T>(const std::vector<T>& column, const char* name) {
    file.column(name, std::span<const T>(column), unit_of(name));
  });
  file.attribute("kind", kKind);
  file.attribute("schema_version", kSchemaVersion);
  file.attribute("program", fmt::format("sorsweep {} ({})", build_info().version, build_info().git_sha));
  file.attribute("symbol", day.key.symbol);
  file.attribute("date", format_date(day.key.date));
  file.attribute("tz", day.provenance.tz);
  file.attribute("rows", static_cast<std::int64_t>(day.quotes.rows()));
  file.attribute("content_xxh3_128", hash_content(day.quotes));
  file.attribute("sources", day.provenance.sources);
  file.attribute("rows_read", day.provenance.rows_read);
  file.attribute("rows_stored", day.provenance.rows_stored);
  file.attribute("rows_rejected", day.provenance.rows_rejected);
  file.attribute("rows_other_symbols", day.provenance.rows_other_symbols);
  file.write_sealed();
}

DayHeader read_day_header(const fs::path& path) {
  return read_header(h5::Reader(path), path);
}

StoredDay read_day(const fs::path& path) {
  const h5::Reader file(path);
  const auto header = read_header(file, path);
  StoredDay day{header.key, {}, {}};
  day.provenance = {header.tz,
                    file.text("sources"),
                    file.number("rows_read"),
                    file.number("rows_rejected"),
                    file.number("rows_other_symbols"),
                    file.number("rows_stored")};
  for_each_column(day.quotes, [&]<class T>(std::vector<T>& column, const char* name) {
    column = file.column<T>(name);
    if (column.size() != header.rows)
      refuse(path, fmt::format("the column {} has {} rows of {}", name, column.size(), header.rows));
  });
  return day;
}

std::string check_seal(const fs::path& path) {
  return h5::check_seal(path);
}

std::map<std::string, std::vector<Date>> list_store(const fs::path& store) {
  if (!fs::is_directory(store))
    throw Error(Exit::input, fmt::format("there is no store at {}", store.string()), "",
                "make one with `sorsweep convert INPUT -o STORE`");
  std::map<std::string, std::vector<Date>> days;
  for (const auto& folder : fs::directory_iterator(store)) {
    if (!folder.is_directory()) continue;
    for (const auto& file : fs::directory_iterator(folder)) {
      const auto date = parse_date(file.path().stem().string());
      if (date && file.path().extension() == ".h5") days[folder.path().filename().string()].push_back(*date);
    }
  }
  for (auto& [symbol, dates] : days) std::sort(dates.begin(), dates.end());
  return days;
}

void check_symbol(const std::string& symbol) {
  const bool good_letters = std::all_of(symbol.begin(), symbol.end(), [](char c) {
    return (std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80) ||
           std::string_view("._-+^=").find(c) != std::string_view::npos;
  });
  if (symbol.empty() || symbol.front() == '.' || !good_letters || symbol.size() > 64)
    throw Error(Exit::input, fmt::format("«{}» cannot be a symbol", symbol),
                "it names a folder of the store: 1 to 64 letters, digits or . _ - + ^ =, no dot in front");
}

}  // namespace sorsweep
