#include "app/cli.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;

namespace {

template <std::size_t N>
Command parse(const std::vector<Verb>& verbs, const std::array<const char*, N>& words) {
  return parse_command_line(verbs, static_cast<int>(N), words.data());
}

int run(const Command& command) {
  Log log(-1, {});
  return command.run(log);
}

/// What a verb was run with.
struct Probe {
  std::filesystem::path path;
  int shards = 1, even = 0;
  std::uint64_t seed = 0;
  double share = 0;
  bool json = false;
  std::string kind;
  std::vector<std::string> sets;
};

int read_even(const std::string& text) {
  const int number = std::stoi(text);
  if (number % 2 != 0) throw std::invalid_argument(text + " is odd");
  return number;
}

/// A verb that keeps what it is run with in `seen`.
Verb probe_verb(std::string name, Probe& seen) {
  return {
      std::move(name), "Look at options", {"sorsweep probe a", "sorsweep probe b"}, [&seen](VerbOptions& options) {
        const auto probe = std::make_shared<Probe>();
        options.add({.names = "path", .description = "A path", .required = true}, probe->path);
        options.add({.names = "--shards", .description = "Shards", .value = "N", .least = 1, .most = 9}, probe->shards);
        options.add({.names = "--seed", .description = "Seed", .value = "N"}, probe->seed);
        options.add({.names = "--share", .description = "Share", .value = "X"}, probe->share);
        options.add({.names = "--kind", .description = "Kind", .value = "KIND", .choices = {"a", "b"}}, probe->kind);
        options.add({.names = "--set", .description = "Settings", .value = "KEY=VALUE"}, probe->sets);
        options.read({.names = "--even", .description = "Even", .value = "N", .default_text = "none"},
                     [probe](const std::string& text) { probe->even = read_even(text); });
        options.json(probe->json);
        return [probe, &seen](Log&) {
          seen = *probe;
          return 0;
        };
      }};
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
  const auto all = describe_command_line(all_verbs());
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
  const auto all = describe_command_line(all_verbs());
  const std::vector<CommandHelp> verbs(all.begin() + 1, all.end());
  for (const std::size_t width : {60, 80, 100}) {
    CHECK(widest(program_help(all.front(), verbs, width)) <= width);
    for (const auto& verb : verbs) CHECK(widest(verb_help(all.front(), verb, width)) <= width);
  }
}

TEST_CASE("words before and behind the verb", "[app][cli]") {
  Probe seen;
  const std::vector verbs = {probe_verb("probe", seen), probe_verb("sweep", seen)};
  const auto quiet = parse(verbs, std::array{"sorsweep", "-q", "--log-file", "sweep", "probe", "plan", "--json"});
  CHECK(quiet.verbosity == -1);
  CHECK(quiet.log_file == "sweep");
  REQUIRE(quiet.run);
  CHECK(run(quiet) == 0);
  CHECK(seen.path == "plan");
  CHECK(seen.json);
  CHECK_THROWS_AS(parse(all_verbs(), std::array{"sorsweep", "--threads", "2", "sweep", "c"}), Error);
  CHECK_THROWS_AS(parse(all_verbs(), std::array{"sorsweep", "2", "sweep", "c"}), Error);
  run(parse(verbs, std::array{"sorsweep", "--json", "probe", "c", "--shards", "4"}));
  CHECK(seen.json);
  CHECK(seen.shards == 4);
  run(parse(verbs, std::array{"sorsweep", "probe", "c"}));
  CHECK_FALSE(seen.json);
  CHECK(seen.shards == 1);
}

TEST_CASE("a verb's options become values", "[app][cli]") {
  Probe seen;
  const std::vector verbs = {probe_verb("probe", seen)};
  CHECK(run(parse(verbs, std::array{"sorsweep", "probe", "c", "--kind", "b", "--set", "x=1", "--set", "y=2", "--even",
                                    "6"})) == 0);
  CHECK(seen.kind == "b");
  CHECK(seen.sets == std::vector<std::string>{"x=1", "y=2"});
  CHECK(seen.even == 6);
  CHECK_THROWS_WITH(parse(verbs, std::array{"sorsweep", "probe", "c", "--even", "7"}), "7 is odd");
  CHECK_THROWS_WITH(parse(verbs, std::array{"sorsweep", "probe", "c", "--kind", "c"}),
                    "--kind: c not in {a,b}: see sorsweep probe --help");
  CHECK_THROWS_WITH(parse(verbs, std::array{"sorsweep", "probe", "c", "--shards", "0"}),
                    "--shards: Value 0 not in range 1 to 9: see sorsweep probe --help");
  CHECK_THROWS_WITH(parse(verbs, std::array{"sorsweep", "probe"}), "path is required: see sorsweep probe --help");
}

TEST_CASE("numbers are decimal, also with zeros in front", "[app][cli]") {
  Probe seen;
  const std::vector verbs = {probe_verb("probe", seen)};
  run(parse(verbs, std::array{"sorsweep", "probe", "c", "--shards", "007", "--seed", "18446744073709551615", "--share",
                              "010.5"}));
  CHECK((seen.shards == 7 && seen.seed == UINT64_MAX && seen.share == 10.5));
  CHECK_THROWS_WITH(parse(verbs, std::array{"sorsweep", "probe", "c", "--shards", "011"}),
                    "--shards: Value 11 not in range 1 to 9: see sorsweep probe --help");
  for (const char* wrong : {"0x5", "5.0", "5 ", "+5", "five", "-1", "18446744073709551616", "1e3"})
    CHECK_THROWS_WITH(parse(verbs, std::array{"sorsweep", "probe", "c", "--seed", wrong}),
                      Catch::StartsWith("--seed: «" + std::string(wrong) + "» is not a whole number in range"));
  CHECK_THROWS_WITH(parse(verbs, std::array{"sorsweep", "probe", "c", "--share", "0x1p3"}),
                    Catch::StartsWith("--share: «0x1p3» is not a number in range"));
}

TEST_CASE("a verb says what its options are", "[app][cli]") {
  Probe seen;
  const auto described = describe_command_line({probe_verb("probe", seen)});
  const auto& probe = command(described, "probe");
  CHECK(probe.description == "Look at options");
  CHECK(probe.examples == std::vector<std::string>{"sorsweep probe a", "sorsweep probe b"});
  const auto page = verb_help(described.front(), probe, 80);
  for (const auto* words : {"PATH", "--shards N", "(default: 1)", "--kind KIND", "a or b", "(default: none)"})
    CHECK(page.find(words) != std::string::npos);
}

TEST_CASE("a verb is refused whose name is taken or is none", "[app][cli]") {
  Probe seen;
  CHECK_THROWS_WITH(register_verb(probe_verb("sweep", seen)), "there is a verb sweep already");
  CHECK_THROWS_WITH(register_verb(probe_verb("help", seen)), "there is a verb help already");
  CHECK_THROWS_AS(register_verb(probe_verb("two words", seen)), Error);
  CHECK_THROWS_WITH(register_verb({"empty", "", {}, {}}), "the verb empty has nothing to open it");
}
