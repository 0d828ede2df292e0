// The only door to CLI11: verbs declare their options through VerbOptions.
#include "app/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <deque>
#include <stdexcept>
#include <string_view>
#include <type_traits>

#include "app/terminal.hpp"
#include "app/version.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {

struct VerbOptions::Parser {
  CLI::App& app;
  std::vector<std::function<void()>> after = {};  ///< Steps for when the command line has been parsed.
  std::vector<bool*> json = {};                   ///< Flags that --json sets.
};

namespace {

// --- options of verbs ----------------------------------------------------------------------------------------------

template <class T>
struct Number {
  using type = T;
};
template <class T>
struct Number<std::optional<T>> {
  using type = T;
};

template <class T>
constexpr bool is_vector = false;
template <class T>
constexpr bool is_vector<std::vector<T>> = true;

/// Says whether --help shows the target's value as the default. CLI11 would put paths in quotes.
template <class T>
constexpr bool has_default = (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) || std::is_same_v<T, std::string>;

/// Replaces a number by its plain decimal form, which has no zeros in front, and refuses everything else. CLI11 would
/// read 010 as 8 and 0x10 as 16.
template <class N>
std::string make_decimal(std::string& text) {
  const auto number = parse_number<N>(text);
  if (!number) return fmt::format("«{}» is not a {} in range", text, std::is_integral_v<N> ? "whole number" : "number");
  text = fmt::format("{}", *number);
  return "";
}

template <class T>
void add_option(CLI::App& app, const VerbOption& option, T& target) {
  if constexpr (std::is_same_v<T, bool>) {
    app.add_flag(option.names, target, option.description);
  } else {
    auto* made = app.add_option(option.names, target, option.description);
    if (!option.value.empty()) made->type_name(option.value);
    if (!option.choices.empty()) made->check(CLI::IsMember(option.choices));
    if constexpr (std::is_arithmetic_v<typename Number<T>::type>) {
      using N = typename Number<T>::type;
      if (option.least && option.most)
        made->check(CLI::Range(static_cast<N>(*option.least), static_cast<N>(*option.most)));
      made->transform(CLI::Validator(make_decimal<N>, ""));
    }
    if constexpr (is_vector<T>)
      if (!made->get_positional()) made->allow_extra_args(false);
    if constexpr (has_default<T>)
      if (!option.required && option.default_text.empty()) made->capture_default_str();
    if (!option.default_text.empty()) made->default_str(option.default_text);
    if (option.required) made->required();
  }
}

/// Hands a text to a verb's reader. A reader outside the library cannot throw Error, so std::invalid_argument will do.
void take_text(const std::function<void(const std::string&)>& take, const std::string& text) {
  if (text.empty()) return;
  try {
    take(text);
  } catch (const std::invalid_argument& error) {
    throw Error(Exit::usage, error.what());
  }
}

/// A verb whose options CLI11 knows.
struct OpenVerb {
  VerbOptions::Parser parser;
  RunVerb run;
};

/// Everything that CLI11 writes into while it parses. CLI11 keeps references to it, so it must not move.
struct CommandLine {
  explicit CommandLine(const std::vector<Verb>& all);
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// Returns what a verb is to run once its options have been parsed. \throws Error (usage) for texts without a meaning
  Command command_of(const std::string& verb) const;

  CLI::App app{"parameter sweeps for smart-order-router backtests", "sorsweep"};
  std::deque<OpenVerb> verbs;
  std::string help_on;  ///< The verb in `sorsweep help VERB`.
  bool quiet = false, verbose = false, json = false;
  std::filesystem::path log_file;
};

void add_program_options(CommandLine& line) {
  auto& app = line.app;
  app.footer(
      "sorsweep synth -o data/csv\n"
      "sorsweep convert data/csv -o data/quickstart/store\n"
      "sorsweep sweep configs/quickstart.yaml");
  app.fallthrough();
  app.require_subcommand(0, 1);  // A word after the verb is never a verb, as in `help sweep`.
  // parse_command_line prints the text, so that it is made only if it is asked for.
  app.set_version_flag("--version", "", "Print what this program is and exit");
  app.set_help_flag("-h,--help", "Show this page and exit");
  app.add_flag("--json", line.json, "Print one JSON object (docs/json.md)");
  app.add_flag("-v,--verbose", line.verbose, "Print details as well");
  app.add_flag("-q,--quiet", line.quiet, "Print errors only");
  app.add_option("--log-file", line.log_file, "Also write messages to this file")->type_name("FILE");
}

CommandLine::CommandLine(const std::vector<Verb>& all) {
  add_program_options(*this);
  for (const auto& verb : all) {
    auto* added = app.add_subcommand(verb.name, verb.description);
    added->footer(fmt::format("{}", fmt::join(verb.examples, "\n")));
    auto& opened = verbs.emplace_back(OpenVerb{{*added}, {}});
    VerbOptions options(opened.parser);
    opened.run = verb.open(options);
  }
  auto* help = app.add_subcommand("help", "Show the page of a verb, or this one");
  help->footer("sorsweep help sweep");
  help->add_option("verb", help_on, "A verb");
}

Command CommandLine::command_of(const std::string& verb) const {
  const auto opened = std::ranges::find(verbs, verb, [](const OpenVerb& open) { return open.parser.app.get_name(); });
  for (const auto& step : opened->parser.after) step();
  for (bool* said : opened->parser.json) *said = json;
  return {opened->run, quiet ? -1 : verbose ? 1 : 0, log_file};
}

// --- what the command line understands, as plain data ---------------------------------------------------------------

std::vector<const CLI::App*> verbs_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

bool is_asking(const std::string& option) {
  return option == "help" || option == "version";
}

/// Turns "log-file" into "SORSWEEP_LOG_FILE".
std::string environment_name(std::string word) {
  std::ranges::transform(word, word.begin(), [](char c) { return c == '-' ? '_' : upper_case(c); });
  return "SORSWEEP_" + word;
}

/// Lets every option and flag of an app come from the environment too.
void give_environment(CLI::App& app) {
  for (auto* option : app.get_options())
    if (!option->get_lnames().empty() && !is_asking(option->get_lnames().front()))
      option->envname(environment_name(option->get_lnames().front()));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (auto& line : CLI::detail::split(text, '\n'))
    if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

/// Returns the choices in a type name: "FORMAT:{csv,csv.zst}" has two.
std::vector<std::string> choices_of(const std::string& type_name) {
  const auto begin = type_name.find('{');
  const auto end = type_name.find('}');
  if (begin == std::string::npos || end == std::string::npos) return {};
  return CLI::detail::split(type_name.substr(begin + 1, end - begin - 1), ',');
}

OptionHelp describe(const CLI::Option& option) {
  OptionHelp help;
  const bool is_flag = option.get_expected_max() == 0;
  if (option.get_positional()) {
    auto name = option.get_name(true, false);
    std::ranges::transform(name, name.begin(), upper_case);
    help.names.push_back(std::move(name));
  } else {
    for (const auto& name : option.get_snames()) help.names.push_back("-" + name);
    for (const auto& name : option.get_lnames()) help.names.push_back("--" + name);
    const auto type_name = option.get_type_name();
    if (!is_flag) help.value = type_name.substr(0, type_name.find(':'));
    help.choices = choices_of(type_name);
    if (!is_asking(option.get_lnames().front())) help.environment = environment_name(option.get_lnames().front());
  }
  help.description = option.get_description();
  if (!is_flag) help.default_value = option.get_default_str();
  help.required = option.get_required();
  help.repeatable = option.get_items_expected_max() > 1;
  return help;
}

CommandHelp describe(const CLI::App& app) {
  CommandHelp help{app.get_name(), app.get_description(), {}, {}, lines_of(app.get_footer()), {}};
  for (const auto* option : app.get_options()) {
    if (option->get_positional()) {
      help.arguments.push_back(describe(*option));
    } else if (option != app.get_help_ptr() || !app.get_parent()) {
      help.options.push_back(describe(*option));
    }
  }
  return help;
}

CommandHelp describe_program(const CLI::App& app) {
  auto help = describe(app);
  help.notes.emplace_back("Options from the environment: SORSWEEP_<OPTION>. Exit codes: docs/exit-codes.md");
  return help;
}

/// Returns a page of --help. \param name the verb, or empty for the program's own page
std::string help_text(const CLI::App& app, const std::string& name, int descriptor) {
  const auto width = help_width(descriptor);
  const auto program = describe_program(app);
  if (!name.empty()) return verb_help(program, describe(*app.get_subcommand(name)), width);
  std::vector<CommandHelp> verbs;
  for (const auto* verb : verbs_of(app)) verbs.push_back(describe(*verb));
  return program_help(program, verbs, width);
}

// --- what is not understood ----------------------------------------------------------------------------------------

std::vector<std::string> verb_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* verb : verbs_of(app)) names.push_back(verb->get_name());
  return names;
}

[[noreturn]] void refuse_verb(const CLI::App& app, const std::string& word) {
  const auto names = verb_names(app);
  const auto hint = did_you_mean(word, names);
  throw Error(Exit::usage, fmt::format("there is no verb «{}»", word), "",
              hint.empty() ? fmt::format("verbs: {}", join_words(names)) : hint);
}

const CLI::Option* find_option(const CLI::App& app, const std::string& word) {
  return app.get_option_no_throw(word.substr(0, word.find('=')));
}

/// Refuses an option before the verb if it belongs to some verbs only: CLI11 would take its value for the verb.
void refuse_before_verb(const CLI::App& app, const std::string& word) {
  for (const auto* verb : verbs_of(app))
    if (find_option(*verb, word))
      throw Error(Exit::usage, fmt::format("«{}» comes before the verb", word), "only some verbs have it",
                  "put it after the verb");
}

/// Returns the verb on the command line, or nothing: it is the first word that is neither an option nor an option's
/// value. CLI11 answers a mistyped verb with "A subcommand is required", so we look before it does.
std::string find_verb(const CLI::App& app, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (!word.starts_with('-')) {
      const auto names = verb_names(app);
      if (std::ranges::find(names, word) == names.end()) refuse_verb(app, word);
      return word;
    }
    const auto* option = find_option(app, word);
    if (!option && word.starts_with("--")) refuse_before_verb(app, word);
    if (option && option->get_expected_max() > 0 && word.find('=') == std::string::npos) ++i;
  }
  return "";
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* made : app.get_options())
    for (const auto& name : made->get_lnames()) names.push_back("--" + name);
  return names;
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

/// Shows the page if nothing was asked for, as other programs with many verbs do.
[[noreturn]] void refuse_nothing(const CLI::App& app) {
  write_to_stderr(fmt::format("{}\n", help_text(app, "", kStandardError)));
  throw Error(Exit::usage, "a verb is needed", "", "see sorsweep --help");
}

void show_help_on(const CLI::App& app, const std::string& verb) {
  const auto names = verb_names(app);
  if (!verb.empty() && std::ranges::find(names, verb) == names.end()) refuse_verb(app, verb);
  print_result(help_text(app, verb, kStandardOutput));
}

}  // namespace

template <OptionTarget T>
void VerbOptions::add(const VerbOption& option, T& target) {
  add_option(parser_.app, option, target);
}

template void VerbOptions::add(const VerbOption&, bool&);
template void VerbOptions::add(const VerbOption&, int&);
template void VerbOptions::add(const VerbOption&, std::uint64_t&);
template void VerbOptions::add(const VerbOption&, double&);
template void VerbOptions::add(const VerbOption&, std::optional<int>&);
template void VerbOptions::add(const VerbOption&, std::string&);
template void VerbOptions::add(const VerbOption&, std::filesystem::path&);
template void VerbOptions::add(const VerbOption&, std::vector<std::string>&);
template void VerbOptions::add(const VerbOption&, std::vector<std::filesystem::path>&);

void VerbOptions::read(const VerbOption& option, std::function<void(const std::string&)> take) {
  const auto text = std::make_shared<std::string>();
  add(option, *text);
  parser_.after.emplace_back([text, take = std::move(take)] { take_text(take, *text); });
}

void VerbOptions::json(bool& target) {
  parser_.json.push_back(&target);
}

Command parse_command_line(const std::vector<Verb>& verbs, int argc, const char* const* argv) {
  CommandLine line(verbs);
  auto& app = line.app;
  const auto verb = find_verb(app, argc, argv);
  // Only the chosen verb's options read the environment: this command has nothing to do with another verb's.
  give_environment(app);
  if (!verb.empty()) give_environment(*app.get_subcommand(verb));
  try {
    app.parse(argc, argv);
    if (verb.empty()) refuse_nothing(app);
    if (verb != "help") return line.command_of(verb);
    show_help_on(app, line.help_on);
  } catch (const CLI::CallForHelp&) {
    print_result(help_text(app, verb, kStandardOutput));
  } catch (const CLI::CallForVersion&) {
    print_result(wants_json(argc, argv) ? version_json() : version_text());
  } catch (const CLI::ExtrasError&) {
    refuse_extras(app);
  } catch (const CLI::ParseError& error) {
    throw Error(Exit::usage, error.what(), "", fmt::format("see sorsweep {}{}--help", verb, verb.empty() ? "" : " "));
  }
  return {};
}

bool wants_json(int argc, const char* const* argv) {
  if (std::any_of(argv + 1, argv + argc, [](const char* word) { return std::string_view(word) == "--json"; }))
    return true;
  const char* said = std::getenv("SORSWEEP_JSON");
  try {
    return said && CLI::detail::to_flag_value(said) > 0;
  } catch (const std::invalid_argument&) {
    return false;  // The parser refuses it.
  }
}

std::string cli11_version() {
  return CLI11_VERSION;
}

std::vector<CommandHelp> describe_command_line(const std::vector<Verb>& verbs) {
  const CommandLine line(verbs);
  std::vector<CommandHelp> all{describe_program(line.app)};
  for (const auto* verb : verbs_of(line.app)) all.push_back(describe(*verb));
  return all;
}

}  // namespace sorsweep
