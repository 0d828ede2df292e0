// synth, convert, inspect, verify: the verbs around the store.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/output.hpp"
#include "app/progress.hpp"
#include "app/verb_json.hpp"
#include "app/verbs.hpp"
#include "core/files.hpp"
#include "core/text.hpp"
#include "feed/inflate.hpp"
#include "feed/quote_csv_writer.hpp"
#include "sorsweep/store/day_file.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

using Table = std::vector<std::vector<std::string>>;

std::string source_table(const ConvertReport& report) {
  Table rows{{"source", "format", "prices", "read", "stored", "rejected", "other symbols"}};
  for (const auto& s : report.sources)
    rows.push_back({s.name, s.format, s.prices_are_nano ? "1e-9" : "decimal", format_count(s.rows_read),
                    format_count(s.rows_stored), format_count(s.rows_rejected), format_count(s.rows_other_symbols)});
  return align_table(rows, 3);
}

std::string day_table(const ConvertReport& report) {
  Table rows{{"day", "rows", "venues", "no ask", "one-sided", "locked", "crossed", "stale", "bytes"}};
  for (const auto& d : report.days)
    rows.push_back({to_string(d.key), format_count(d.facts.rows), format_count(d.facts.publishers.size()),
                    format_count(d.facts.undefined_asks), format_count(d.facts.one_sided), format_count(d.facts.locked),
                    format_count(d.facts.crossed), format_count(d.facts.stale), format_count(file_bytes(d.path))});
  return align_table(rows, 1);
}

/// Every *.h5 at or below a path, in order.
std::vector<fs::path> list_files(const fs::path& path) {
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.path().extension() == ".h5") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
  } else if (fs::exists(path)) {
    files.push_back(path);
  }
  if (files.empty())
    throw Error(Exit::input, fmt::format("there is no .h5 file at {}", path.string()), "",
                "name a store, a run, or one of their files");
  return files;
}

std::uint64_t bytes_of(const std::vector<fs::path>& files) {
  std::uint64_t bytes = 0;
  for (const auto& file : files) bytes += file_bytes(file);
  return bytes;
}

InspectedDay inspect_day(const fs::path& path) {
  constexpr std::array<std::string_view, 4> needed = {"ts_event_ns", "publisher_id", "bid_px_nano", "ask_px_nano"};
  const auto day = read_day(path, needed);
  InspectedDay seen{day.key, path, describe_rows(day.quotes), 0, 0, file_bytes(path)};
  seen.facts.stale = day.stale;
  const auto [first, last] = std::ranges::minmax(day.quotes.ts_event_ns);
  seen.first_ns = first;
  seen.last_ns = last;
  return seen;
}

std::string inspect_table(const std::vector<InspectedDay>& days) {
  Table rows{{"day", "rows", "venues", "first", "last", "one-sided", "locked", "crossed", "stale", "bytes"}};
  for (const auto& day : days)
    rows.push_back({to_string(day.key), format_count(day.facts.rows), format_count(day.facts.publishers.size()),
                    format_iso_time(day.first_ns), format_iso_time(day.last_ns), format_count(day.facts.one_sided),
                    format_count(day.facts.locked), format_count(day.facts.crossed), format_count(day.facts.stale),
                    format_count(day.bytes)});
  return align_table(rows, 1);
}

std::vector<WrittenDay> write_days(const SynthCommand& command, Log& log) {
  const auto& options = command.options;
  std::vector<WrittenDay> days;
  StepProgress progress("synth", static_cast<std::uint64_t>(options.days), "days", log.verbosity() < 0);
  for (int day = 0; day < options.days; ++day) {
    const auto date = synth_date(options, day);
    const auto path = command.out / fmt::format("{}_{}.{}", options.symbol, format_date(date), command.format);
    auto text = format_quote_csv(synth_day(options, day), options.symbol);
    if (command.format == "csv.zst") text = zstd_compress(text);
    publish_text(path, text);
    days.push_back({date, path, options.rows, text.size()});
    log.detail(fmt::format("synth: {}", path.string()));
    progress.add();
  }
  return days;
}

ConvertReport convert_with_progress(ConvertOptions options, int verbosity) {
  StepProgress progress("convert", 0, "bytes", verbosity < 0);
  options.on_read = [&](std::uint64_t done, std::uint64_t total) { progress.set(done, total); };
  return convert(options);
}

}  // namespace

Exit run_synth(const SynthCommand& command, Log& log) {
  const auto& options = command.options;
  synth_date(options, 0);  // refuses options that make no market, before anything is written
  make_folder(command.out);
  clean_temporaries(command.out);
  const auto days = write_days(command, log);
  if (command.json) print_result(synth_json(command, days));
  log.info(fmt::format("synth: {} days × {} rows of {} at {} venues → {}", options.days, format_count(options.rows),
                       options.symbol, options.venues, command.out.string()));
  return Exit::ok;
}

Exit run_convert(const ConvertCommand& command, Log& log) {
  const auto report = convert_with_progress(command.options, log.verbosity());
  print_result(command.json ? convert_json(command.options, report) : source_table(report) + "\n" + day_table(report));
  for (const auto& source : report.sources)
    if (!source.renamed_from.empty())
      log.info(fmt::format("convert: {} says {} throughout; stored as {}", source.name, source.renamed_from,
                           command.options.symbol));
  for (const auto& [kind, count] : report.rejects_by_kind)
    log.info(kind == kNotLast
                 ? fmt::format("convert: {} rows left out: not the last of their event", format_count(count))
                 : fmt::format("convert: {} rows rejected for {}; see rejects.csv", format_count(count), kind));
  return Exit::ok;
}

Exit run_inspect(const InspectCommand& command, Log& log) {
  std::vector<InspectedDay> days;
  {
    const auto files = list_files(command.path);
    StepProgress progress("inspect", bytes_of(files), "bytes", log.verbosity() < 0);
    for (const auto& path : files) {
      days.push_back(inspect_day(path));
      progress.add(days.back().bytes);
    }
  }
  print_result(command.json ? inspect_json(days) : inspect_table(days));
  return Exit::ok;
}

Exit run_verify(const VerifyCommand& command, Log& log) {
  const auto files = list_files(command.path);
  std::vector<DamagedFile> damaged;
  {
    StepProgress progress("verify", bytes_of(files), "bytes", log.verbosity() < 0);
    for (const auto& path : files) {
      try {
        check_seal(path);
      } catch (const Error& error) {
        log.error(fmt::format("verify: {}", error.what()));
        damaged.push_back({path, error});
      }
      progress.add(file_bytes(path));
    }
  }
  print_result(command.json ? verify_json(files.size(), damaged)
                            : fmt::format("{} of {} files are whole\n", files.size() - damaged.size(), files.size()));
  return damaged.empty() ? Exit::ok : Exit::integrity;
}

}  // namespace sorsweep
