#include "sorsweep/store/convert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/hash.hpp"
#include "sorsweep/core/text.hpp"
#include "store/rejects.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

using Days = std::map<DayKey, QuoteColumns>;

/// Rows by symbol and local day. A day's bounds are kept, so that the tz database is asked once a day and not
/// a row.
class DayBuckets {
 public:
  explicit DayBuckets(const TimeZone& zone) : zone_(zone) {}

  void add(const QuoteRow& row, std::string_view symbol) {
    if (current_ == nullptr || symbol != current_symbol_ || !window_.contains(row.ts_event_ns))
      move_to(row.ts_event_ns, symbol);
    current_->push_back(row);
  }

  Days& days() { return days_; }

 private:
  void move_to(TimeNs time_ns, std::string_view symbol) {
    const auto date = zone_.date_of(time_ns);
    window_ = zone_.day_window(date);
    current_symbol_ = symbol;
    current_ = &days_[{current_symbol_, date}];
  }

  const TimeZone& zone_;
  Days days_;
  QuoteColumns* current_ = nullptr;
  std::string current_symbol_;
  TimeWindow window_{};
};

/// Takes one source's rows into the buckets, under their own symbols, and counts them.
class SourceSink final : public QuoteSink {
 public:
  SourceSink(DayBuckets& buckets, RejectList& rejects, SourceReport& report)
      : buckets_(buckets), rejects_(rejects), report_(report) {}

  void accept(const QuoteRow& row, std::string_view symbol) override {
    buckets_.add(row, symbol);
    if (count_ == nullptr || symbol != current_symbol_) {
      current_symbol_ = symbol;
      count_ = &report_.rows_by_symbol[current_symbol_];
    }
    ++*count_;
  }

  void reject(Reject reject) override {
    ++report_.rows_rejected;
    rejects_.add(std::move(reject));
  }

 private:
  DayBuckets& buckets_;
  RejectList& rejects_;
  SourceReport& report_;
  std::string current_symbol_;
  std::uint64_t* count_ = nullptr;
};

/// Which of the symbols met are stored, and under which name.
using Names = std::map<std::string, std::string>;

/// With a wanted symbol: that one, and rows of sources without symbols; or the only other one that there is.
/// Without: all under their own names.
Names choose_names(const std::string& wanted, const std::set<std::string>& met) {
  Names names;
  if (wanted.empty()) {
    if (met.contains(""))
      throw Error(Exit::input, "there are rows without a symbol", "a source has no column symbol", "say --symbol SYM");
    for (const auto& symbol : met) names[symbol] = symbol;
    return names;
  }
  if (met.contains("")) names[""] = wanted;
  if (met.contains(wanted)) names[wanted] = wanted;
  if (!names.empty()) return names;
  if (met.size() > 1)
    throw Error(Exit::input, fmt::format("no row is of {}", wanted),
                fmt::format("the input holds {}", join_words(std::vector(met.begin(), met.end()), "and")));
  for (const auto& symbol : met) names[symbol] = wanted;
  return names;
}

Days rename_days(Days&& met, const Names& names) {
  Days days;
  for (auto& [key, quotes] : met) {
    const auto name = names.find(key.symbol);
    if (name == names.end()) continue;
    check_symbol(name->second);
    days[{name->second, key.date}].append(std::move(quotes));
  }
  return days;
}

void settle_counts(SourceReport& report, const Names& names) {
  for (const auto& [symbol, rows] : report.rows_by_symbol) {
    const auto name = names.find(symbol);
    (name == names.end() ? report.rows_other_symbols : report.rows_stored) += rows;
    if (name != names.end() && !symbol.empty() && name->second != symbol) report.renamed_from = symbol;
  }
  if (report.rows_read != report.rows_stored + report.rows_rejected + report.rows_other_symbols)
    throw Error(Exit::internal, fmt::format("{}: rows read and rows accounted for differ", report.name));
}

std::vector<fs::path> list_inputs(const std::vector<fs::path>& inputs) {
  std::vector<fs::path> files;
  for (const auto& input : inputs) {
    if (!fs::is_directory(input)) {
      files.push_back(input);
      continue;
    }
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(input))
      if (entry.path().extension() == ".csv" && !entry.is_directory()) found.push_back(entry.path());
    if (found.empty())
      throw Error(Exit::input, fmt::format("{} holds no *.csv file", input.string()), "", "name the files");
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

SourceReport read_source(const fs::path& path, DayBuckets& buckets, RejectList& rejects) {
  const auto text = read_file(path, Exit::input);
  SourceReport report;
  report.name = path.string();
  report.bytes = text.size();
  report.hash = hash_hex(text);
  SourceSink sink(buckets, rejects, report);
  const auto summary = read_quote_csv(report.name, text, sink);
  report.rows_read = summary.rows;
  report.prices_are_nano = summary.prices_are_nano;
  return report;
}

void refuse_twins(const std::vector<SourceReport>& sources) {
  std::map<std::string, std::string> names;
  for (const auto& source : sources)
    if (const auto [twin, is_new] = names.try_emplace(source.hash, source.name); !is_new)
      throw Error(Exit::input, fmt::format("{} and {} are the same bytes", twin->second, source.name),
                  "their rows would be stored twice", "name each input once");
}

/// All sources under the names that they are stored by.
Days read_sources(const ConvertOptions& options, RejectList& rejects, std::vector<SourceReport>& sources) {
  const TimeZone zone(options.tz);
  DayBuckets buckets(zone);
  for (const auto& path : list_inputs(options.inputs)) sources.push_back(read_source(path, buckets, rejects));
  refuse_twins(sources);
  rejects.refuse_if_too_many();
  std::set<std::string> met;
  for (const auto& source : sources)
    for (const auto& [symbol, rows] : source.rows_by_symbol) met.insert(symbol);
  const auto names = choose_names(options.symbol, met);
  for (auto& source : sources) settle_counts(source, names);
  return rename_days(std::move(buckets.days()), names);
}

Provenance provenance_of(const ConvertOptions& options, const std::vector<SourceReport>& sources) {
  Provenance all;
  all.tz = options.tz;
  for (const auto& source : sources) {
    all.sources +=
        fmt::format("{} {} bytes xxh3-128:{}\n", fs::path(source.name).filename().string(), source.bytes, source.hash);
    all.rows_read += static_cast<std::int64_t>(source.rows_read);
    all.rows_stored += static_cast<std::int64_t>(source.rows_stored);
    all.rows_rejected += static_cast<std::int64_t>(source.rows_rejected);
    all.rows_other_symbols += static_cast<std::int64_t>(source.rows_other_symbols);
  }
  return all;
}

DayReport describe(const StoredDay& day, const fs::path& path) {
  const auto& quotes = day.quotes;
  const std::set<std::uint32_t> venues(quotes.publisher_id.begin(), quotes.publisher_id.end());
  const auto undefined =
      std::count_if(quotes.ask_px.begin(), quotes.ask_px.end(), [](Nano px) { return !is_defined_px(px); });
  return {day.key, path, quotes.rows(), venues.size(), static_cast<std::uint64_t>(undefined)};
}

void refuse_existing(const ConvertOptions& options, const Days& days) {
  for (const auto& [key, quotes] : days) {
    const auto path = day_path(options.store, key);
    if (!options.force && fs::exists(path))
      throw Error(Exit::usage, fmt::format("{} is there already", path.string()), "", "say --force to overwrite it");
  }
}

}  // namespace

ConvertReport convert(const ConvertOptions& options) {
  if (!options.symbol.empty()) check_symbol(options.symbol);
  RejectList rejects(options.max_rejects);
  ConvertReport report;
  auto days = read_sources(options, rejects, report.sources);
  if (days.empty()) throw Error(Exit::input, "no row to store", "all were rejected", "look at rejects.csv");
  refuse_existing(options, days);

  const auto provenance = provenance_of(options, report.sources);
  Publication publication;
  for (auto& [key, quotes] : days) {
    quotes.sort_by_recv_time();
    const StoredDay day{key, provenance, std::move(quotes)};
    const auto path = day_path(options.store, key);
    make_folder(path.parent_path());
    sweep_temporaries(path.parent_path());
    publication.stage(path, [&](const fs::path& temporary) { write_day(temporary, day); });
    report.days.push_back(describe(day, path));
  }
  sweep_temporaries(options.store);
  rejects.stage(publication, options.store);
  publication.commit();
  report.rejects_by_kind = rejects.by_kind();
  return report;
}

}  // namespace sorsweep
