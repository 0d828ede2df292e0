// convert: writes foreign quotes as columns of the store.
#include <fmt/format.h>

#include "app/progress.hpp"
#include "app/run_options.hpp"
#include "app/verb_json.hpp"
#include "core/error.hpp"
#include "core/files.hpp"
#include "core/text.hpp"
#include "sorsweep/app/verb.hpp"
#include "store/convert.hpp"

namespace sorsweep {
namespace {

struct ConvertCommand {
  ConvertOptions options;
  bool json = false;
};

constexpr std::int64_t kMostRejects = 1'000'000'000;

void declare(VerbOptions& options, ConvertCommand& command) {
  auto& o = command.options;
  options.add({.names = "input",
               .description = "CSV or DBN, plain, .gz or .zst; folders of them; - is standard input",
               .required = true},
              o.inputs);
  options.add({.names = "-o,--out", .description = "The store", .value = "STORE", .required = true}, o.store);
  options.add({.names = "--symbol", .description = "Take this symbol's rows, and rows that name none", .value = "SYM"},
              o.symbol);
  options.add({.names = "--tz", .description = "The exchange's time zone, by which days are cut", .value = "ZONE"},
              o.tz);
  options.add({.names = "--max-rejects",
               .description = "Rows that may be rejected into rejects.csv; 0: none",
               .value = "N",
               .least = 0,
               .most = kMostRejects},
              o.max_rejects);
  options.add({.names = "--require-last", .description = "Reject rows that do not end an event (no F_LAST in flags)"},
              o.require_last);
  options.add({.names = "--force", .description = "Overwrite existing days"}, o.force);
  add_threads(options, o.threads, "one per core");
  options.json(command.json);
}

using Rows = std::vector<std::vector<std::string>>;

std::string source_table(const ConvertReport& report) {
  Rows rows{{"source", "format", "prices", "read", "stored", "rejected", "other symbols"}};
  for (const auto& s : report.sources)
    rows.push_back({s.name, s.format, s.prices_are_nano ? "1e-9" : "decimal", format_count(s.rows_read),
                    format_count(s.rows_stored), format_count(s.rows_rejected), format_count(s.rows_other_symbols)});
  return align_table(rows, 3);
}

std::string day_table(const ConvertReport& report) {
  Rows rows{{"day", "rows", "venues", "no ask", "one-sided", "locked", "crossed", "stale", "bytes"}};
  for (const auto& d : report.days)
    rows.push_back({to_string(d.key), format_count(d.facts.rows), format_count(d.facts.publishers.size()),
                    format_count(d.facts.undefined_asks), format_count(d.facts.one_sided), format_count(d.facts.locked),
                    format_count(d.facts.crossed), format_count(d.facts.stale), format_count(file_bytes(d.path))});
  return align_table(rows, 1);
}

ConvertReport convert_with_progress(ConvertOptions options, Log& log) {
  StepProgress progress("convert", 0, "bytes", log.verbosity() < 0);
  options.on_read = [&](std::uint64_t done, std::uint64_t total) { progress.set(done, total); };
  options.on_wait = [&](const std::string& text) { log.info(fmt::format("convert: {}", text)); };
  return convert(options);
}

Exit run_convert(const ConvertCommand& command, Log& log) {
  const auto report = convert_with_progress(command.options, log);
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

}  // namespace

Verb convert_verb() {
  return make_verb("convert", "Convert CSV or DBN quotes into the HDF5 column store",
                   {"sorsweep convert data/csv -o data/quickstart/store",
                    "zstdcat data/csv2/*_2024-07-08.csv.zst | sorsweep convert - -o data/other"},
                   declare, run_convert);
}

}  // namespace sorsweep
