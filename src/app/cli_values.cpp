// From the texts of the command line to values.
#include <fmt/format.h>

#include "app/cli_parts.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

void finish_synth(Targets& t) {
  if (t.first_day.empty()) return;
  const auto day = parse_date(t.first_day);
  if (!day)
    throw Error(Exit::usage, fmt::format("--first-day {} is not a date", t.first_day), "", "write it like 2024-07-08");
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
  const auto number = [&](std::string_view digits) { return parse_number<std::uint64_t>(digits).value_or(most); };
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

}  // namespace

void finish_values(const std::string& verb, Targets& t) {
  if (verb == "synth") finish_synth(t);
  if (verb == "convert") t.convert.options.threads = t.threads;
  if (verb == "sweep" || verb == "plan") finish_sweep(t);
  finish_budgets(t);
}

Command command_of(const std::string& verb, const Targets& t) {
  Command command;
  command.verbosity = t.quiet ? -1 : t.verbose ? 1 : 0;
  command.log_file = t.log_file;
  if (verb == "synth") command.verb = t.synth;
  if (verb == "convert") command.verb = t.convert;
  if (verb == "inspect") command.verb = t.inspect;
  if (verb == "verify") command.verb = t.verify;
  if (verb == "plan") command.verb = t.plan;
  if (verb == "sweep") command.verb = t.sweep;
  if (verb == "replay") command.verb = t.replay;
  if (verb == "status") command.verb = t.status;
  if (verb == "report") command.verb = t.report;
  if (verb == "merge") command.verb = t.merge;
  std::visit(
      [&](auto& of) {
        if constexpr (requires { of.json; }) of.json = t.json;
        if constexpr (requires { of.sweep.json; }) of.sweep.json = t.json;
      },
      command.verb);
  return command;
}

}  // namespace sorsweep
