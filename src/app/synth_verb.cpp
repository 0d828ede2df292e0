// tested by: tests/cases/notebook_synth/run (synthetic)
// synth: writes synthetic days.
#include <fmt/format.h>

#include "app/progress.hpp"
#include "app/verb_json.hpp"
#include "core/error.hpp"
#include "core/folder_lock.hpp"
#include "core/publication.hpp"
#include "core/temporaries.hpp"
#include "core/text.hpp"
#include "feed/inflate.hpp"
#include "feed/quote_csv_writer.hpp"
#include "market/synth.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {
namespace {

struct SynthCommand {
  SynthOptions options;
  std::filesystem::path out;
  std::string format = "csv";
  bool json = false;
};

Date read_day_option(const std::string& text) {
  const auto day = parse_date(text);
  if (!day) throw Error(Exit::usage, fmt::format("--first-day {} is not a date", text), "", "write it like 2024-07-08");
  return *day;
}

void declare(VerbOptions& options, SynthCommand& command) {
  auto& o = command.options;
  options.add({.names = "-o,--out", .description = "Folder for the files", .value = "DIR", .required = true},
              command.out);
  options.add({.names = "--days", .description = "Trading days", .value = "N"}, o.days);
  options.add({.names = "--venues", .description = "Venues, 1 to 12", .value = "N"}, o.venues);
  options.add({.names = "--rows", .description = "Rows per day", .value = "N"}, o.rows);
  options.add({.names = "--seed", .description = "Same seed, same bytes", .value = "N"}, o.seed);
  options.add({.names = "--symbol", .description = "Symbol", .value = "SYM"}, o.symbol);
  options.add({.names = "--format", .description = "File format", .value = "FORMAT", .choices = {"csv", "csv.zst"}},
              command.format);
  options.read({.names = "--first-day", .description = "First day", .value = "DATE", .default_text = "2024-07-08"},
               [&o](const std::string& text) { o.first_day = read_day_option(text); });
  options.json(command.json);
}

/// Removes what killed commands left in the folder. A convert that works there has temporaries which only its lock on
/// the folder protects.
void clean_folder(const std::filesystem::path& folder, Log& log) {
  const FolderLock lock(folder, [&](const std::string& text) { log.info(fmt::format("synth: {}", text)); });
  clean_temporaries(folder);
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

Exit run_synth(const SynthCommand& command, Log& log) {
  const auto& options = command.options;
  synth_date(options, 0);  // This refuses impossible options before anything is written.
  make_folder(command.out);
  clean_folder(command.out, log);
  const auto days = write_days(command, log);
  if (command.json) print_result(synth_json(options, command.out, command.format, days));
  log.info(fmt::format("synth: {} days × {} rows of {} at {} venues → {}", options.days, format_count(options.rows),
                       options.symbol, options.venues, command.out.string()));
  return Exit::ok;
}

}  // namespace

Verb synth_verb() {
  return make_verb(
      "synth", "Write realistic multi-venue days in Databento's mbp-1 CSV layout",
      {"sorsweep synth -o data/csv", "sorsweep synth -o data/csv2 --days 2 --rows 20000 --seed 7 --format csv.zst"},
      declare, run_synth);
}

}  // namespace sorsweep
