// tested by: tests/python/command_line_test.py (inspect)
// inspect, verify: show what is in a store, and check that files are intact.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/progress.hpp"
#include "app/verb_json.hpp"
#include "core/error.hpp"
#include "core/files.hpp"
#include "core/text.hpp"
#include "sorsweep/app/verb.hpp"
#include "sorsweep/store/day_file.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

/// The options of inspect and of verify.
struct LookCommand {
  fs::path path;
  bool json = false;
};

void declare_inspect(VerbOptions& options, LookCommand& command) {
  options.add({.names = "path", .description = "A store, or a day file", .required = true}, command.path);
  options.json(command.json);
}

void declare_verify(VerbOptions& options, LookCommand& command) {
  options.add({.names = "path", .description = "A store, a run, or one file", .required = true}, command.path);
  options.json(command.json);
}

/// Returns every *.h5 file at or below a path, in order. \throws Error (input) if there is none
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
  std::vector<std::vector<std::string>> rows{
      {"day", "rows", "venues", "first", "last", "one-sided", "locked", "crossed", "stale", "bytes"}};
  for (const auto& day : days)
    rows.push_back({to_string(day.key), format_count(day.facts.rows), format_count(day.facts.publishers.size()),
                    format_iso_time(day.first_ns), format_iso_time(day.last_ns), format_count(day.facts.one_sided),
                    format_count(day.facts.locked), format_count(day.facts.crossed), format_count(day.facts.stale),
                    format_count(day.bytes)});
  return align_table(rows, 1);
}

Exit run_inspect(const LookCommand& command, Log& log) {
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

Exit run_verify(const LookCommand& command, Log& log) {
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

}  // namespace

Verb inspect_verb() {
  return make_verb(
      "inspect", "Show what is in a store or a day file",
      {"sorsweep inspect data/quickstart/store", "sorsweep inspect data/quickstart/store/SYNTH/2024-07-08.h5 --json"},
      declare_inspect, run_inspect);
}

Verb verify_verb() {
  return make_verb("verify", "Check the seal of every file of a store or a run",
                   {"sorsweep verify data/quickstart/store"}, declare_verify, run_verify);
}

}  // namespace sorsweep
