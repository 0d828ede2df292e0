#include "app/cli.hpp"

#include <algorithm>
#include <array>

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;

namespace {

template <std::size_t N>
Command parse(const std::array<const char*, N>& words) {
  return parse_command_line(static_cast<int>(N), words.data());
}

const CommandHelp& command(const std::vector<CommandHelp>& all, const std::string& name) {
  return *std::ranges::find(all, name, &CommandHelp::name);
}

std::size_t widest(const std::string& page) {
  std::size_t most = 0;
  std::size_t at = 0;
  for (const char c : page) {
    at = c == '\n' ? 0 : at + ((c & 0xC0) != 0x80);
    most = std::max(most, at);
  }
  return most;
}

}  // namespace

TEST_CASE("the command line describes itself", "[app][cli]") {
  const auto all = describe_command_line();
  REQUIRE(all.size() == 12);
  CHECK(all.front().name == "sorsweep");
  const auto& synth = command(all, "synth");
  const auto& out = synth.options.front();
  CHECK(out.names == std::vector<std::string>{"-o", "--out"});
  CHECK(out.value == "DIR");
  CHECK(out.required);
  CHECK(out.environment == "SORSWEEP_OUT");
  const auto format = std::ranges::find(synth.options, "FORMAT", &OptionHelp::value);
  REQUIRE(format != synth.options.end());
  CHECK(format->choices == std::vector<std::string>{"csv", "csv.zst"});
  CHECK(format->default_value == "csv");
  const auto& inputs = command(all, "convert").arguments;
  REQUIRE(inputs.size() == 1);
  CHECK(inputs[0].names.front() == "INPUT");
  CHECK(inputs[0].repeatable);
  for (const auto& one : all) {
    CHECK_FALSE(one.examples.empty());
    CHECK(std::ranges::none_of(one.options, [&](const auto& option) {
      return one.name != "sorsweep" && option.names.back() == "--help";  // every verb's stand with the program
    }));
  }
}

TEST_CASE("pages keep to the width they are given", "[app][cli]") {
  const auto all = describe_command_line();
  const std::vector<CommandHelp> verbs(all.begin() + 1, all.end());
  for (const std::size_t width : {60, 80, 100}) {
    CHECK(widest(program_help(all.front(), verbs, width)) <= width);
    for (const auto& verb : verbs) CHECK(widest(verb_help(all.front(), verb, width)) <= width);
  }
}

TEST_CASE("words before and behind the verb", "[app][cli]") {
  const auto quiet = parse(std::array{"sorsweep", "-q", "--log-file", "sweep", "verify", "plan", "--json"});
  CHECK(quiet.verbosity == -1);
  CHECK(quiet.log_file == "sweep");
  REQUIRE(std::holds_alternative<VerifyCommand>(quiet.verb));
  CHECK(std::get<VerifyCommand>(quiet.verb).path == "plan");
  CHECK(std::get<VerifyCommand>(quiet.verb).json);
  CHECK_THROWS_AS(parse(std::array{"sorsweep", "--threads", "2", "sweep", "c"}), Error);
  CHECK_THROWS_AS(parse(std::array{"sorsweep", "2", "sweep", "c"}), Error);
  const auto plan = parse(std::array{"sorsweep", "--json", "plan", "c", "--shards", "4"});
  CHECK(std::get<PlanCommand>(plan.verb).sweep.json);
  CHECK(std::get<PlanCommand>(plan.verb).shards == 4);
}
