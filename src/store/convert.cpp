#include "store/convert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "core/folder_lock.hpp"
#include "core/publication.hpp"
#include "core/temporaries.hpp"
#include "core/text.hpp"
#include "store/intake.hpp"
#include "store/rejects.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

using Days = std::map<DayKey, DayBuilder>;

/// The symbols that are stored, with the names that they are stored under.
using Names = std::map<std::string, std::string>;

/// Chooses the names. With a wanted symbol they are that one and the rows of sources without symbols, or else the only
/// other symbol that there is. Without one, all symbols are stored under their own names.
Names choose_names(const std::string& wanted, const std::set<std::string>& met) {
  Names names;
  if (wanted.empty()) {
    if (met.contains(""))
      throw Error(Exit::input, "there are rows without a symbol", "a source has no column symbol",
                  "name it with --symbol SYM");
    for (const auto& symbol : met) names[symbol] = symbol;
    return names;
  }
  if (met.contains("")) names[""] = wanted;
  if (met.contains(wanted)) names[wanted] = wanted;
  if (!names.empty()) return names;
  if (met.size() > 1)
    throw Error(Exit::input, fmt::format("no row is of {}", wanted),
                fmt::format("the input holds {}", join_some(std::vector(met.begin(), met.end()))),
                "name one of those with --symbol");
  for (const auto& symbol : met) names[symbol] = wanted;
  return names;
}

/// Returns the days that are stored, under the names that they are stored under. Rows without a symbol are under the
/// wanted symbol already.
Days rename_days(Days&& met, const Names& names, const std::string& wanted) {
  Days days;
  for (auto& [key, day] : met) {
    const auto name = key.symbol == wanted && !wanted.empty() ? wanted
                      : names.contains(key.symbol)            ? names.at(key.symbol)
                                                              : "";
    if (name.empty()) continue;
    check_symbol(name);
    days[{name, key.date}] = std::move(day);
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

/// Returns "a" for a.csv, a.dbn.zst and the like, and an empty text for other files.
std::string stem_of(const fs::path& path) {
  auto name = path.filename().string();
  for (const auto* packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.resize(name.size() - std::string_view(packed).size());
  for (const auto* format : {".csv", ".dbn"})
    if (name.ends_with(format)) return name.substr(0, name.size() - std::string_view(format).size());
  return "";
}

std::vector<std::string> list_folder(const fs::path& folder) {
  std::map<std::string, fs::path> found;
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto stem = stem_of(entry.path());
    if (stem.empty() || entry.is_directory()) continue;
    if (entry.exists() && !entry.is_regular_file())
      throw Error(Exit::input, fmt::format("{} is not a file", entry.path().string()), "it is a device or a pipe",
                  "take it out, or name the files to convert");
    const auto [twin, is_new] = found.try_emplace(stem, entry.path());
    if (!is_new)
      throw Error(Exit::input,
                  fmt::format("{} and {} differ in format only", twin->second.string(), entry.path().string()),
                  "the same rows would be stored twice", "name the files to convert");
    files.push_back(entry.path().string());
  }
  if (files.empty())
    throw Error(Exit::input, fmt::format("{} holds no file *.csv or *.dbn, also .gz or .zst", folder.string()), "",
                "name the files");
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> list_inputs(const std::vector<fs::path>& inputs) {
  std::vector<std::string> files;
  for (const auto& input : inputs) {
    if (input == "-" && std::find(files.begin(), files.end(), "-") != files.end())
      throw Error(Exit::usage, "standard input is named twice", "", "name it once");
    const auto more = fs::is_directory(input) ? list_folder(input) : std::vector{input.string()};
    files.insert(files.end(), more.begin(), more.end());
  }
  return files;
}

void refuse_twins(const std::vector<SourceReport>& sources) {
  std::map<std::string, std::string> names;
  for (const auto& source : sources)
    if (const auto [twin, is_new] = names.try_emplace(source.hash, source.name); !is_new)
      throw Error(Exit::input, fmt::format("{} and {} are the same bytes", twin->second, source.name),
                  "their rows would be stored twice", "name each input once");
}

/// Reads all sources. \return their days, under the names that they are stored under
Days read_sources(const ConvertOptions& options, RejectList& rejects, std::vector<SourceReport>& sources) {
  const TimeZone zone(options.tz);
  Intake intake(options, zone, rejects);
  intake.read(list_inputs(options.inputs));
  sources = std::move(intake.sources());
  for (const auto& source : sources)
    if (source.rows_read == 0)
      throw Error(Exit::input, fmt::format("{} holds no rows", source.name), "", "give a file with rows of quotes");
  refuse_twins(sources);
  rejects.refuse_if_too_many();
  std::set<std::string> met;
  for (const auto& source : sources)
    for (const auto& [symbol, rows] : source.rows_by_symbol) met.insert(symbol);
  const auto names = choose_names(options.symbol, met);
  for (auto& source : sources) settle_counts(source, names);
  return rename_days(std::move(intake.days()), names, options.symbol);
}

/// Returns what all days of the conversion have in common.
Provenance provenance_of(const ConvertOptions& options, const std::vector<SourceReport>& sources,
                         const RejectList& rejects) {
  Provenance all;
  for (const auto& [kind, count] : rejects.by_kind()) all.rejects_by_kind += fmt::format("{} {}\n", kind, count);
  all.tz = options.tz;
  for (const auto& source : sources) {
    all.rows_read += static_cast<std::int64_t>(source.rows_read);
    all.rows_stored += static_cast<std::int64_t>(source.rows_stored);
    all.rows_rejected += static_cast<std::int64_t>(source.rows_rejected);
    all.rows_other_symbols += static_cast<std::int64_t>(source.rows_other_symbols);
  }
  return all;
}

/// Returns a line for each source that gave rows to the day.
std::string sources_of(const DayBuilder& day, const std::vector<SourceReport>& sources) {
  std::string lines;
  for (const auto number : day.sources()) {
    const auto& source = sources[number];
    lines +=
        fmt::format("{} {} bytes xxh3-128:{}\n", fs::path(source.name).filename().string(), source.bytes, source.hash);
  }
  return lines;
}

/// Refuses a symbol's folder that is a link, because it may lead out of the store.
void refuse_link(const fs::path& folder) {
  if (fs::is_symlink(fs::symlink_status(folder)))
    throw Error(Exit::resources, fmt::format("{} is a link", folder.string()), "convert writes into its store only",
                "make a folder there, or choose another store");
}

[[noreturn]] void refuse_existing(const fs::path& path) {
  throw Error(Exit::usage, fmt::format("{} is there already", path.string()), "", "use --force to overwrite it");
}

/// Makes the folders of symbols, and removes what killed conversions left there. Temporaries that are staged are not
/// locked, so this comes before them.
void prepare_folders(const fs::path& store, const Days& days) {
  std::set<fs::path> folders;
  for (const auto& [key, day] : days) folders.insert(day_path(store, key).parent_path());
  for (const auto& folder : folders) {
    refuse_link(folder);
    make_folder(folder);
    clean_temporaries(folder);
  }
  clean_temporaries(store);
}

/// Stages all days and gives their memory back. \return what they are
std::vector<DayReport> stage_days(const ConvertOptions& options, const std::vector<SourceReport>& sources,
                                  Provenance provenance, Days& days, Publication& publication) {
  std::vector<DayReport> reports;
  for (auto& [key, day] : days) {
    const auto path = day_path(options.store, key);
    provenance.sources = sources_of(day, sources);
    publication.stage(
        path, options.force ? IfThere::replace : IfThere::keep,
        [&, &name = key, &rows = day](NewFile& file) { write_encoded_day(file, name, provenance, rows); });
    reports.push_back({key, path, day.facts()});
    day = {};  // it is written, so its memory can go
  }
  return reports;
}

}  // namespace

ConvertReport convert(const ConvertOptions& options) {
  if (!options.symbol.empty()) check_symbol(options.symbol);
  RejectList rejects(options.max_rejects);
  ConvertReport report;
  auto days = read_sources(options, rejects, report.sources);
  if (days.empty())
    throw Error(Exit::input, "no row to store", "all were rejected",
                options.require_last ? "try without --require-last" : "see --max-rejects");
  make_folder(options.store);
  const FolderLock lock(options.store, options.on_wait);
  for (const auto& [key, day] : days)
    if (const auto path = day_path(options.store, key); !options.force && fs::exists(path)) refuse_existing(path);
  prepare_folders(options.store, days);
  Publication publication;
  report.days = stage_days(options, report.sources, provenance_of(options, report.sources, rejects), days, publication);
  rejects.stage(publication, options.store);
  if (const auto in_the_way = publication.commit()) refuse_existing(*in_the_way);
  report.rejects_by_kind = rejects.by_kind();
  return report;
}

}  // namespace sorsweep
