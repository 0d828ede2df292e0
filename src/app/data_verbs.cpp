// synth, convert, inspect, verify: the verbs around the store.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/output.hpp"
#include "app/verbs.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/text.hpp"
#include "sorsweep/store/day_file.hpp"
#include "sorsweep/store/quote_csv_writer.hpp"

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
                    format_count(d.facts.crossed), format_count(d.facts.stale), format_count(fs::file_size(d.path))});
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
  if (files.empty()) throw Error(Exit::input, fmt::format("there is no .h5 file at {}", path.string()));
  return files;
}

std::vector<std::string> inspect_row(const fs::path& path) {
  constexpr std::array<std::string_view, 4> needed = {"ts_event_ns", "publisher_id", "bid_px_nano", "ask_px_nano"};
  const auto day = read_day(path, needed);
  const auto facts = describe_rows(day.quotes);
  const auto [first, last] = std::ranges::minmax(day.quotes.ts_event_ns);
  return {to_string(day.key),
          format_count(facts.rows),
          format_count(facts.publishers.size()),
          format_iso_time(first),
          format_iso_time(last),
          format_count(facts.one_sided),
          format_count(facts.locked),
          format_count(facts.crossed),
          format_count(day.stale),
          format_count(fs::file_size(path))};
}

}  // namespace

Exit run_synth(const SynthCommand& command, Log& log) {
  const auto& options = command.options;
  synth_date(options, 0);  // refuses options that make no market, before anything is written
  make_folder(command.out);
  sweep_temporaries(command.out);
  for (int day = 0; day < options.days; ++day) {
    const auto name = fmt::format("{}_{}.{}", options.symbol, format_date(synth_date(options, day)), command.format);
    const auto text = format_quote_csv(synth_day(options, day), options.symbol);
    publish_text(command.out / name, command.format == "csv.zst" ? zstd_compress(text) : text);
    log.detail(fmt::format("synth: {}", (command.out / name).string()));
  }
  log.info(fmt::format("synth: {} days × {} rows of {} at {} venues → {}", options.days, format_count(options.rows),
                       options.symbol, options.venues, command.out.string()));
  return Exit::ok;
}

Exit run_convert(const ConvertCommand& command, Log& log) {
  const auto report = convert(command.options);
  print_result(source_table(report) + "\n" + day_table(report));
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

Exit run_inspect(const InspectCommand& command, Log&) {
  Table rows{{"day", "rows", "venues", "first", "last", "one-sided", "locked", "crossed", "stale", "bytes"}};
  for (const auto& path : list_files(command.path)) rows.push_back(inspect_row(path));
  print_result(align_table(rows, 1));
  return Exit::ok;
}

Exit run_verify(const VerifyCommand& command, Log& log) {
  std::size_t bad = 0;
  const auto files = list_files(command.path);
  for (const auto& path : files) {
    try {
      check_seal(path);
    } catch (const Error& error) {
      ++bad;
      log.error(fmt::format("verify: {}", error.what()));
    }
  }
  print_result(fmt::format("{} of {} files are whole\n", files.size() - bad, files.size()));
  return bad == 0 ? Exit::ok : Exit::integrity;
}

}  // namespace sorsweep
