#include "sorsweep/store/convert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/hash.hpp"
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

  void clear() {
    days_.clear();
    current_ = nullptr;
  }

 private:
  void move_to(TimeNs time_ns, std::string_view symbol) {
    const auto date = zone_.date_of(time_ns);
    window_ = zone_.day_window(date);
    current_symbol_ = symbol;
    const auto [day, is_new] = days_.try_emplace({current_symbol_, date});
    if (is_new) check_symbol(current_symbol_);
    current_ = &day->second;
  }

  const TimeZone& zone_;
  Days days_;
  QuoteColumns* current_ = nullptr;
  std::string current_symbol_;
  TimeWindow window_{};
};

/// Takes one source's rows into buckets of its own and counts them.
class SourceSink final : public QuoteSink {
 public:
  SourceSink(const std::string& wanted, const TimeZone& zone, RejectList& rejects, SourceReport& report)
      : wanted_(wanted), buckets_(zone), rejects_(rejects), report_(report) {}

  void accept(const QuoteRow& row, std::string_view symbol) override {
    if (wanted_.empty() && symbol.empty())
      throw Error(Exit::input, fmt::format("{} has rows without a symbol", report_.name), "",
                  "say --symbol SYM");
    if (!wanted_.empty() && !is_wanted(symbol)) {
      ++report_.rows_other_symbols;
      return;
    }
    buckets_.add(row, wanted_.empty() ? symbol : std::string_view(wanted_));
    ++report_.rows_stored;
  }

  void reject(Reject reject) override {
    ++report_.rows_rejected;
    rejects_.add(std::move(reject));
  }

  Days& finish() {
    if (!only_symbol_.empty() && !several_ && only_symbol_ != wanted_) report_.renamed_from = only_symbol_;
    return buckets_.days();
  }

 private:
  /// As long as a source has shown one symbol only, its rows are taken whatever that symbol is; when a second
  /// one shows, the symbols mean something, and only the wanted one is kept.
  bool is_wanted(std::string_view symbol) {
    if (symbol.empty()) return !several_;
    if (only_symbol_.empty()) only_symbol_ = symbol;
    if (!several_ && symbol != only_symbol_) {
      several_ = true;
      if (only_symbol_ != wanted_) {
        report_.rows_other_symbols += std::exchange(report_.rows_stored, 0);
        buckets_.clear();
      }
    }
    return !several_ || symbol == wanted_;
  }

  const std::string& wanted_;
  DayBuckets buckets_;
  RejectList& rejects_;
  SourceReport& report_;
  std::string only_symbol_;  ///< the first symbol seen
  bool several_ = false;
};

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

SourceReport read_source(const fs::path& path, const ConvertOptions& options, const TimeZone& zone,
                         Days& days, RejectList& rejects) {
  const auto text = read_file(path, Exit::input);
  SourceReport report;
  report.name = path.string();
  report.bytes = text.size();
  report.hash = hash_hex(text);
  SourceSink sink(options.symbol, zone, rejects, report);
  const auto summary = read_quote_csv(report.name, text, sink);
  for (auto& [key, quotes] : sink.finish()) days[key].append(std::move(quotes));
  report.rows_read = summary.rows;
  report.prices_are_nano = summary.prices_are_nano;
  if (report.rows_read != report.rows_stored + report.rows_rejected + report.rows_other_symbols)
    throw Error(Exit::internal, fmt::format("{}: rows read and rows accounted for differ", report.name));
  return report;
}

Provenance provenance_of(const ConvertOptions& options, const std::vector<SourceReport>& sources) {
  Provenance all;
  all.tz = options.tz;
  for (const auto& source : sources) {
    all.sources += fmt::format("{} {} bytes xxh3-128:{}\n", fs::path(source.name).filename().string(),
                               source.bytes, source.hash);
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
      throw Error(Exit::usage, fmt::format("{} is there already", path.string()), "",
                  "say --force to overwrite it");
  }
}

}  // namespace

ConvertReport convert(const ConvertOptions& options) {
  if (!options.symbol.empty()) check_symbol(options.symbol);
  const TimeZone zone(options.tz);
  Days days;
  RejectList rejects(options.max_rejects);
  ConvertReport report;
  for (const auto& path : list_inputs(options.inputs))
    report.sources.push_back(read_source(path, options, zone, days, rejects));
  rejects.refuse_if_too_many();
  if (days.empty())
    throw Error(Exit::input, "no row to store", "", "look at --symbol and at the rejected rows");
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
  rejects.stage(publication, options.store);
  publication.commit();
  report.rejects_by_kind = rejects.by_kind();
  return report;
}

}  // namespace sorsweep
