#include "app/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <thread>

#include "app/cli_outline.hpp"
#include "sorsweep/core/build_info.hpp"
#include "sorsweep/core/error.hpp"
#include "sorsweep/core/text.hpp"

namespace sorsweep {
namespace {

constexpr const char* kFooter =
    "Examples:\n"
    "  sorsweep synth -o data/csv --days 5 --venues 5\n"
    "  sorsweep convert data/csv -o data/store --symbol SYNTH\n"
    "  sorsweep sweep configs/quickstart.yaml\n"
    "Options can also be given as SORSWEEP_<OPTION> in the environment. Exit codes: docs/exit-codes.md";

/// What CLI11 writes into while it parses.
struct Targets {
  SynthCommand synth;
  ConvertCommand convert;
  InspectCommand inspect;
  VerifyCommand verify;
  SweepCommand sweep;
  ReplayCommand replay;
  ReportCommand report;
  MergeCommand merge;
  StatusCommand status;
  PlanCommand plan;
  std::string first_day, engine = "collapse", memory, shard, grace;
  int threads = 0;
  bool quiet = false, verbose = false;
  std::filesystem::path log_file;
};

std::string version_text() {
  const auto& build = build_info();
  return fmt::format("sorsweep {} ({}, {}, {}, {})", build.version, build.git_sha, build.compiler, build.build_type,
                     build.baseline.empty() ? "native" : build.baseline);
}

/// Every option and flag of an app can also come from the environment, as SORSWEEP_<OPTION>.
void give_environment(CLI::App& app) {
  for (auto* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    auto word = option->get_lnames().front();
    if (word == "help" || word == "version") continue;
    std::ranges::transform(word, word.begin(),
                           [](char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
    option->envname("SORSWEEP_" + word);
  }
}

void add_synth(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("synth", "Write realistic multi-venue days in Databento's mbp-1 CSV layout");
  auto& o = t.synth.options;
  verb->add_option("-o,--out", t.synth.out, "Folder for the CSV files")->required();
  verb->add_option("--days", o.days, "Trading days")->capture_default_str();
  verb->add_option("--venues", o.venues, "Venues")->capture_default_str();
  verb->add_option("--rows", o.rows, "Rows a day")->capture_default_str();
  verb->add_option("--seed", o.seed, "Same seed, same bytes")->capture_default_str();
  verb->add_option("--symbol", o.symbol, "Symbol")->capture_default_str();
  verb->add_option("--format", t.synth.format, "csv or csv.zst")
      ->check(CLI::IsMember({"csv", "csv.zst"}))
      ->capture_default_str();
  verb->add_option("--first-day", t.first_day, "First day, like 2024-07-08");
}

void add_convert(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("convert", "Convert CSV or DBN quotes into the HDF5 column store");
  auto& o = t.convert.options;
  verb->add_option("inputs", o.inputs, "CSV or DBN files, plain, .gz or .zst; folders of them; - is standard input")
      ->required();
  verb->add_option("-o,--out", o.store, "The store")->required();
  verb->add_option("--symbol", o.symbol, "Take this symbol's rows; names rows that have none");
  verb->add_option("--tz", o.tz, "The exchange's time zone: cuts the days")->capture_default_str();
  verb->add_option("--max-rejects", o.max_rejects, "Rows that may be left out into rejects.csv; 0: none")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1'000'000'000}))
      ->capture_default_str();
  verb->add_option("--threads", t.threads, "Threads; default: one a core")->check(CLI::Range(1, 4096));
  verb->add_flag("--require-last", o.require_last, "Leave out rows in the midst of an event: no F_LAST in flags");
  verb->add_flag("--force", o.force, "Overwrite days that are there");
}

void add_looks(CLI::App& app, Targets& t) {
  auto* inspect = app.add_subcommand("inspect", "Say what is in a store or a day file");
  inspect->add_option("path", t.inspect.path, "A store, or a day file")->required();
  auto* verify = app.add_subcommand("verify", "Check the seal of every file of a store or a run");
  verify->add_option("path", t.verify.path, "A store, a run, or one file")->required();
}

/// What decides a sweep, and what it may use.
void add_sweep_options(CLI::App& verb, SweepCommand& command, Targets& t) {
  verb.add_option("config", command.config, "YAML config")->required();
  verb.add_option("--threads", t.threads, "Threads; default: as the config says, else one a core")
      ->check(CLI::Range(1, 4096));
  verb.add_option("--mem", t.memory, "Memory budget, like 4GiB");
  verb.add_option("--engine", t.engine, "collapse or brute")->check(CLI::IsMember({"collapse", "brute"}));
  verb.add_option("--set", command.sets, "KEY=VALUE over the config, like order.shares=1000; may be repeated")
      ->allow_extra_args(false);
}

void add_plan(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("plan", "Say what a sweep would take: units, time, memory, disk; writes nothing");
  add_sweep_options(*verb, t.plan.sweep, t);
  verb->add_option("--shards", t.plan.shards, "Parts of a cluster's run")->check(CLI::Range(1, 1'000'000));
  verb->add_flag("--json", t.plan.sweep.json, "Print one JSON object");
}

void add_sweep(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("sweep", "Run the backtest over grid x days, or resume it");
  add_sweep_options(*verb, t.sweep, t);
  verb->add_option("-o,--out", t.sweep.run, "Run folder; default: <run.out>/<id>");
  verb->add_option("--shard", t.shard, "i/n, like 3/8: compute only this part of the units; then merge RUN");
  verb->add_flag("--init", t.sweep.init, "Check all, make the run folder, say what there is to do, and stop");
  verb->add_option("--grace", t.grace,
                   "After the first SIGTERM, SIGINT or SIGUSR1 give up units that are not done in this time, like 45s; "
                   "default: finish them");
  verb->add_flag("--json", t.sweep.json, "Print best.json instead of the table");
  verb->add_flag("--stats", t.sweep.stats, "Say what the collapse did, and where the time went");
}

void add_replay(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("replay", "Run one point alone and write its execution log as CSV");
  verb->add_option("run", t.replay.run, "Run folder")->required();
  verb->add_option("--point", t.replay.point, "lambda_over=…,lambda_under=…,theta_queue=…")->required();
  verb->add_option("--symbol", t.replay.symbol, "Symbol, where the run has several");
  verb->add_option("--day", t.replay.day, "One day; default: all");
  verb->add_option("-o,--out", t.replay.out, "File; default: standard output");
}

void add_run_options(CLI::App& verb, ReportCommand& command, Targets& t) {
  verb.add_option("run", command.run, "Run folder")->required();
  verb.add_option("--threads", t.threads, "Threads; default: as the config says, else one a core")
      ->check(CLI::Range(1, 4096));
  verb.add_option("--mem", t.memory, "Memory budget, like 4GiB");
  verb.add_flag("--json", command.json, "Print best.json instead of the table");
}

void add_runs(CLI::App& app, Targets& t) {
  add_run_options(*app.add_subcommand("merge", "Check that all shards of a run are there, reduce and report"), t.merge,
                  t);
  add_run_options(*app.add_subcommand("report", "Write report.html and the tables of a run anew"), t.report, t);
}

void add_status(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("status", "Say how far a run is: units done, running, failed; rate, time to go");
  verb->add_option("run", t.status.run, "Run folder")->required();
  verb->add_option("--shards", t.status.shards, "Name the shards that lack units, of so many")
      ->check(CLI::Range(1, 1'000'000));
  verb->add_flag("--json", t.status.json, "Print one JSON object");
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* made : app.get_options())
    for (const auto& name : made->get_lnames()) names.push_back("--" + name);
  return names;
}

/// The verb on the command line, or empty. CLI11 says "A subcommand is required" to a mistyped one: look before it does.
std::string find_verb(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<std::string> verbs;
  for (const auto* verb : app.get_subcommands([](const CLI::App*) { return true; })) verbs.push_back(verb->get_name());
  for (int i = 1; i < argc; ++i)
    if (std::ranges::find(verbs, std::string(argv[i])) != verbs.end()) return argv[i];
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with('-')) continue;
    const auto hint = did_you_mean(word, verbs);
    throw Error(Exit::usage, fmt::format("there is no verb «{}»", word), "",
                hint.empty() ? fmt::format("verbs: {}", join_words(verbs)) : hint);
  }
  return "";
}

[[noreturn]] void refuse_extras(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  const CLI::App& verb = chosen.empty() ? app : *chosen.front();
  const auto verb_name = chosen.empty() ? "sorsweep" : "sorsweep " + verb.get_name();
  for (const auto& word : app.remaining(true)) {
    auto known = option_names(verb);
    for (auto& name : option_names(app)) known.push_back(std::move(name));
    const auto hint = did_you_mean(word.substr(0, word.find('=')), known);
    throw Error(Exit::usage, fmt::format("{} does not know «{}»", verb_name, word), "",
                hint.empty() ? fmt::format("see {} --help", verb_name) : hint);
  }
  throw Error(Exit::usage, "the command line is not understood", "", "see sorsweep --help");
}

void finish_synth(Targets& t) {
  if (t.first_day.empty()) return;
  const auto day = parse_date(t.first_day);
  if (!day) throw Error(Exit::usage, fmt::format("--first-day {} is not a date", t.first_day));
  t.synth.options.first_day = *day;
}

void finish_budgets(Targets& t) {
  if (t.threads > 0) t.sweep.threads = t.plan.sweep.threads = t.report.threads = t.merge.threads = t.threads;
  if (t.memory.empty()) return;
  t.sweep.memory = t.plan.sweep.memory = t.report.memory = t.merge.memory = parse_bytes(t.memory);
  if (t.sweep.memory.value_or(0) == 0)
    throw Error(Exit::usage, fmt::format("--mem {} is no size", t.memory), "", "write it like 4GiB");
}

void finish_grace(Targets& t) {
  if (t.grace.empty()) return;
  const auto grace = parse_duration(t.grace);
  if (!grace)
    throw Error(Exit::usage, fmt::format("--grace {} is no length of time", t.grace), "", "write it like 45s, 2m or 0");
  t.sweep.grace = std::chrono::nanoseconds(*grace);
}

/// Shards count from 1; 0 of n is the n-th, so that 0 … n−1 name all of them as well.
Shard parse_shard(const std::string& text) {
  constexpr std::uint64_t most = 1'000'000'000;
  const auto slash = text.find('/');
  const auto number = [&](std::string_view digits) -> std::uint64_t {
    std::uint64_t value = most;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? value : most;
  };
  const auto count = slash == std::string::npos ? most : number(std::string_view(text).substr(slash + 1));
  const auto index = slash == std::string::npos ? most : number(std::string_view(text).substr(0, slash));
  if (count == 0 || count >= most || index > count)
    throw Error(Exit::usage, fmt::format("--shard {} is no shard", text), "", "write it like 3/8: the third of eight");
  return {(index + count - 1) % count, count};
}

void finish_sweep(Targets& t) {
  finish_grace(t);
  t.sweep.engine = t.plan.sweep.engine = t.engine == "brute" ? Engine::brute : Engine::collapse;
  if (!t.shard.empty()) t.sweep.shard = parse_shard(t.shard);
  if (t.sweep.init && t.sweep.shard)
    throw Error(Exit::usage, "--init and --shard do not go together", "--init computes nothing", "leave one out");
}

Command command_of(const CLI::App& app, Targets& t) {
  Command command;
  command.verbosity = t.quiet ? -1 : t.verbose ? 1 : 0;
  command.log_file = t.log_file;
  const auto name = app.get_subcommands().front()->get_name();
  if (name == "synth") command.verb = t.synth;
  if (name == "convert") command.verb = t.convert;
  if (name == "inspect") command.verb = t.inspect;
  if (name == "verify") command.verb = t.verify;
  if (name == "plan") command.verb = t.plan;
  if (name == "sweep") command.verb = t.sweep;
  if (name == "replay") command.verb = t.replay;
  if (name == "status") command.verb = t.status;
  if (name == "report") command.verb = t.report;
  if (name == "merge") command.verb = t.merge;
  return command;
}

constexpr const char* kTitle = "sorsweep: parameter sweeps for smart-order-router backtests";

void add_all(CLI::App& app, Targets& t) {
  app.footer(kFooter);
  app.set_version_flag("--version", version_text());
  app.fallthrough();
  app.add_flag("-v,--verbose", t.verbose, "Say more");
  app.add_flag("-q,--quiet", t.quiet, "Say errors only");
  app.add_option("--log-file", t.log_file, "Write messages there too");
  add_synth(app, t);
  add_convert(app, t);
  add_looks(app, t);
  add_plan(app, t);
  add_sweep(app, t);
  add_replay(app, t);
  add_runs(app, t);
  add_status(app, t);
}

std::vector<OptionOutline> outline_options(const CLI::App& app) {
  std::vector<OptionOutline> outlines;
  for (const auto* option : app.get_options())
    outlines.push_back({.names = option->get_name(option->get_positional(), true),
                        .value = option->get_items_expected_max() == 0 ? "" : option->get_type_name(),
                        .fallback = option->get_default_str(),
                        .environment = option->get_envname(),
                        .help = option->get_description(),
                        .is_positional = option->get_positional(),
                        .is_required = option->get_required(),
                        .may_repeat = option->get_items_expected_max() > 1});
  return outlines;
}

}  // namespace

CommandLineOutline outline_command_line() {
  CLI::App app{kTitle, "sorsweep"};
  Targets t;
  add_all(app, t);
  give_environment(app);
  CommandLineOutline outline{outline_options(app), {}};
  for (auto* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    give_environment(*verb);
    outline.verbs.push_back({verb->get_name(), verb->get_description(), outline_options(*verb)});
  }
  return outline;
}

Command parse_command_line(int argc, const char* const* argv) {
  CLI::App app{kTitle, "sorsweep"};
  Targets t;
  add_all(app, t);
  // Only the chosen verb's options look at the environment: another verb's are no business of this command.
  const auto verb = find_verb(app, argc, argv);
  give_environment(app);
  if (!verb.empty()) give_environment(*app.get_subcommand(verb));
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) throw Error(Exit::usage, "a verb is needed", "", "see sorsweep --help");
    const auto chosen = app.get_subcommands().front()->get_name();  // `verb` may be an option's value: --log-file sweep
    if (chosen == "synth") finish_synth(t);
    if (chosen == "convert") t.convert.options.threads = t.threads;
    if (chosen == "sweep" || chosen == "plan") finish_sweep(t);
    finish_budgets(t);
  } catch (const CLI::Success& asked) {
    app.exit(asked);  // prints help or version
    return {};
  } catch (const CLI::ExtrasError&) {
    refuse_extras(app);
  } catch (const CLI::ParseError& error) {
    throw Error(Exit::usage, error.what(), "", "see sorsweep VERB --help");
  }
  return command_of(app, t);
}

}  // namespace sorsweep
