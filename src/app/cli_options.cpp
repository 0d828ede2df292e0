// The verbs and their options, as --help shows them.
#include <CLI/CLI.hpp>

#include "app/cli_parts.hpp"
#include "config/config.hpp"

namespace sorsweep {
namespace {

constexpr int kMostShards = 1'000'000;

void add_threads(CLI::App& verb, Targets& t, const char* otherwise) {
  verb.add_option("--threads", t.threads, "Threads to compute with")
      ->type_name("N")
      ->check(CLI::Range(1, kMostThreads))
      ->default_str(otherwise);
}

void add_synth(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("synth", "Write realistic multi-venue days in Databento's mbp-1 CSV layout");
  verb->footer(
      "sorsweep synth -o data/csv\n"
      "sorsweep synth -o data/csv2 --days 2 --rows 20000 --seed 7 --format csv.zst");
  auto& o = t.synth.options;
  verb->add_option("-o,--out", t.synth.out, "Folder for the files")->type_name("DIR")->required();
  verb->add_option("--days", o.days, "Trading days")->type_name("N")->capture_default_str();
  verb->add_option("--venues", o.venues, "Venues, 1 to 12")->type_name("N")->capture_default_str();
  verb->add_option("--rows", o.rows, "Rows a day")->type_name("N")->capture_default_str();
  verb->add_option("--seed", o.seed, "Same seed, same bytes")->type_name("N")->capture_default_str();
  verb->add_option("--symbol", o.symbol, "Symbol")->type_name("SYM")->capture_default_str();
  verb->add_option("--format", t.synth.format, "Format of the files")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"csv", "csv.zst"}))
      ->capture_default_str();
  verb->add_option("--first-day", t.first_day, "First day")->type_name("DATE")->default_str("2024-07-08");
}

void add_convert(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("convert", "Convert CSV or DBN quotes into the HDF5 column store");
  verb->footer(
      "sorsweep convert data/csv -o data/quickstart/store\n"
      "zstdcat data/csv2/*_2024-07-08.csv.zst | sorsweep convert - -o data/other");
  auto& o = t.convert.options;
  verb->add_option("input", o.inputs, "CSV or DBN, plain, .gz or .zst; folders of them; - is standard input")
      ->required();
  verb->add_option("-o,--out", o.store, "The store")->type_name("STORE")->required();
  verb->add_option("--symbol", o.symbol, "Take this symbol's rows; names rows that have none")->type_name("SYM");
  verb->add_option("--tz", o.tz, "The exchange's time zone: cuts the days")->type_name("ZONE")->capture_default_str();
  verb->add_option("--max-rejects", o.max_rejects, "Rows that may be left out into rejects.csv; 0: none")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1'000'000'000}))
      ->capture_default_str();
  verb->add_flag("--require-last", o.require_last, "Leave out rows in the midst of an event: no F_LAST in flags");
  verb->add_flag("--force", o.force, "Overwrite days that are there");
  add_threads(*verb, t, "one a core");
}

void add_looks(CLI::App& app, Targets& t) {
  auto* inspect = app.add_subcommand("inspect", "Say what is in a store or a day file");
  inspect->footer(
      "sorsweep inspect data/quickstart/store\n"
      "sorsweep inspect data/quickstart/store/SYNTH/2024-07-08.h5 --json");
  inspect->add_option("path", t.inspect.path, "A store, or a day file")->required();
  auto* verify = app.add_subcommand("verify", "Check the seal of every file of a store or a run");
  verify->footer("sorsweep verify data/quickstart/store");
  verify->add_option("path", t.verify.path, "A store, a run, or one file")->required();
}

/// What decides a sweep, and what it may use.
void add_sweep_options(CLI::App& verb, SweepCommand& command, Targets& t) {
  verb.add_option("config", command.config, "YAML (docs/config.md)")->required();
  verb.add_option("--set", command.sets, "Over the config, like order.shares=1000")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  verb.add_option("--engine", t.engine, "How to compute")
      ->type_name("ENGINE")
      ->check(CLI::IsMember({"collapse", "brute"}))
      ->capture_default_str();
  add_threads(verb, t, "as the config says");
  verb.add_option("--mem", t.memory, "Memory budget, like 4GiB")->type_name("SIZE")->default_str("as the config says");
}

void add_plan(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("plan", "Say what a sweep would take: time, memory, disk; writes nothing");
  verb->footer(
      "sorsweep plan configs/quickstart.yaml\n"
      "sorsweep plan configs/quickstart.yaml --shards 16 --json");
  add_sweep_options(*verb, t.plan.sweep, t);
  verb->add_option("--shards", t.plan.shards, "Parts of a cluster's run")
      ->type_name("N")
      ->check(CLI::Range(1, kMostShards))
      ->capture_default_str();
}

void add_sweep(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("sweep", "Run the backtest over grid × days, or resume it");
  verb->footer(
      "sorsweep sweep configs/quickstart.yaml -o runs/first\n"
      "sorsweep sweep configs/quickstart.yaml -o runs/parts --shard 1/8");
  add_sweep_options(*verb, t.sweep, t);
  verb->add_option("-o,--out", t.sweep.run, "Run folder")->type_name("RUN")->default_str("<run.out>/<id>");
  verb->add_option("--shard", t.shard, "Compute only this part, like 3/8; when all are there: merge")->type_name("I/N");
  verb->add_option("--grace", t.grace, "After a first signal, give up units that are not done in this time, like 45s")
      ->type_name("TIME")
      ->default_str("finish them");
  verb->add_flag("--init", t.sweep.init, "Check all, make the run folder, say what there is to do");
  verb->add_flag("--stats", t.sweep.stats, "Say what the collapse did, and where the time went");
}

void add_replay(CLI::App& app, Targets& t) {
  auto* verb = app.add_subcommand("replay", "Run one point alone and write its execution log as CSV");
  verb->footer("sorsweep replay runs/first --point lambda_over=0.05,lambda_under=0.05,theta_queue=0 --day 2024-07-08");
  verb->add_option("run", t.replay.run, "Run folder")->required();
  verb->add_option("--point", t.replay.point, "The grid's axes and structural keys, with their values")
      ->type_name("KEY=VALUE,…")
      ->required();
  verb->add_option("--symbol", t.replay.symbol, "Symbol, where the run has several")->type_name("SYM");
  verb->add_option("--day", t.replay.day, "One day")->type_name("DATE")->default_str("all");
  verb->add_option("-o,--out", t.replay.out, "Where the log goes")->type_name("FILE")->default_str("standard output");
}

CLI::App* add_run_verb(CLI::App& app, const char* name, const char* description, ReportCommand& command, Targets& t) {
  auto* verb = app.add_subcommand(name, description);
  verb->add_option("run", command.run, "Run folder")->required();
  add_threads(*verb, t, "as the config says");
  verb->add_option("--mem", t.memory, "Memory budget, like 4GiB")->type_name("SIZE")->default_str("as the config says");
  return verb;
}

void add_runs(CLI::App& app, Targets& t) {
  add_run_verb(app, "merge", "Check that all shards of a run are there, reduce and report", t.merge, t)
      ->footer("sorsweep merge runs/first");
  add_run_verb(app, "report", "Write report.html and the tables of a run anew", t.report, t)
      ->footer("sorsweep report runs/first");
  auto* status = app.add_subcommand("status", "Say how far a run is: units done, running, failed; time to go");
  status->footer(
      "sorsweep status runs/first\n"
      "sorsweep status runs/parts --shards 8 --json");
  status->add_option("run", t.status.run, "Run folder")->required();
  status->add_option("--shards", t.status.shards, "Name the shards that lack units, of so many")
      ->type_name("N")
      ->check(CLI::Range(1, kMostShards));
}

}  // namespace

void add_command_line(CLI::App& app, Targets& t) {
  app.footer(
      "sorsweep synth -o data/csv\n"
      "sorsweep convert data/csv -o data/quickstart/store\n"
      "sorsweep sweep configs/quickstart.yaml");
  app.fallthrough();
  app.require_subcommand(0, 1);  // a word behind the verb is none, whatever it is: `help sweep`
  app.set_version_flag("--version", "",
                       "Say what this program is, and leave");  // the text is made when it is asked for
  app.set_help_flag("-h,--help", "Show this page, and leave");
  app.add_flag("--json", t.json, "Print one JSON object (docs/json.md)");
  app.add_flag("-v,--verbose", t.verbose, "Say more");
  app.add_flag("-q,--quiet", t.quiet, "Say errors only");
  app.add_option("--log-file", t.log_file, "Write messages there too")->type_name("FILE");
  add_synth(app, t);
  add_convert(app, t);
  add_looks(app, t);
  add_plan(app, t);
  add_sweep(app, t);
  add_runs(app, t);
  add_replay(app, t);
  auto* help = app.add_subcommand("help", "Show the page of a verb, or this one");
  help->footer("sorsweep help sweep");
  help->add_option("verb", t.help_on, "A verb");
}

}  // namespace sorsweep
