#include "app/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "app/cli_parts.hpp"
#include "app/output.hpp"
#include "app/terminal.hpp"
#include "app/version.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

std::vector<const CLI::App*> verbs_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

bool is_asking(const std::string& option) {
  return option == "help" || option == "version";
}

/// "log-file" → "SORSWEEP_LOG_FILE"
std::string environment_name(std::string word) {
  std::ranges::transform(word, word.begin(), [](char c) { return c == '-' ? '_' : upper_case(c); });
  return "SORSWEEP_" + word;
}

/// Every option and flag of an app can also come from the environment.
void give_environment(CLI::App& app) {
  for (auto* option : app.get_options())
    if (!option->get_lnames().empty() && !is_asking(option->get_lnames().front()))
      option->envname(environment_name(option->get_lnames().front()));
}

// --- what the command line understands, as plain data ---------------------------------------------------------------

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (auto& line : CLI::detail::split(text, '\n'))
    if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

/// "FORMAT:{csv,csv.zst}" has two.
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

/// \param name of the verb; empty: the program's own page
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

/// An option before the verb that is none of every verb's: CLI11 would take its value for the verb.
void refuse_before_verb(const CLI::App& app, const std::string& word) {
  for (const auto* verb : verbs_of(app))
    if (find_option(*verb, word))
      throw Error(Exit::usage, fmt::format("«{}» stands before the verb", word), "it is an option of some verbs",
                  "write it behind the verb");
}

/// The verb on the command line, or empty: the first word that is no option, nor an option's value. CLI11 says "A subcommand
/// is required" to a mistyped one: look before it does.
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

/// Like other programs of many verbs: the page, where nothing was asked for.
[[noreturn]] void refuse_nothing(const CLI::App& app) {
  fmt::print(stderr, "{}\n", help_text(app, "", kStandardError));
  throw Error(Exit::usage, "a verb is needed", "", "see sorsweep --help");
}

Command show_help_on(const CLI::App& app, const Targets& t) {
  const auto names = verb_names(app);
  if (!t.help_on.empty() && std::ranges::find(names, t.help_on) == names.end()) refuse_verb(app, t.help_on);
  print_result(help_text(app, t.help_on, kStandardOutput));
  return {};
}

}  // namespace

Command parse_command_line(int argc, const char* const* argv) {
  CLI::App app{"parameter sweeps for smart-order-router backtests", "sorsweep"};
  Targets t;
  add_command_line(app, t);
  const auto verb = find_verb(app, argc, argv);
  // Only the chosen verb's options look at the environment: another verb's are no business of this command.
  give_environment(app);
  if (!verb.empty()) give_environment(*app.get_subcommand(verb));
  try {
    app.parse(argc, argv);
    if (verb.empty()) refuse_nothing(app);
    finish_values(verb, t);
  } catch (const CLI::CallForHelp&) {
    print_result(help_text(app, verb, kStandardOutput));
    return {};
  } catch (const CLI::CallForVersion&) {
    print_result(wants_json(argc, argv) ? version_json() : version_text());
    return {};
  } catch (const CLI::ExtrasError&) {
    refuse_extras(app);
  } catch (const CLI::ParseError& error) {
    throw Error(Exit::usage, error.what(), "", fmt::format("see sorsweep {}{}--help", verb, verb.empty() ? "" : " "));
  }
  return verb == "help" ? show_help_on(app, t) : command_of(verb, t);
}

bool wants_json(int argc, const char* const* argv) {
  if (std::any_of(argv + 1, argv + argc, [](const char* word) { return std::string_view(word) == "--json"; }))
    return true;
  const char* said = std::getenv("SORSWEEP_JSON");
  try {
    return said && CLI::detail::to_flag_value(said) > 0;
  } catch (const std::invalid_argument&) {
    return false;  // refused elsewhere
  }
}

std::string cli11_version() {
  return CLI11_VERSION;
}

std::vector<CommandHelp> describe_command_line() {
  CLI::App app{"parameter sweeps for smart-order-router backtests", "sorsweep"};
  Targets t;
  add_command_line(app, t);
  std::vector<CommandHelp> all{describe_program(app)};
  for (const auto* verb : verbs_of(app)) all.push_back(describe(*verb));
  return all;
}

}  // namespace sorsweep
