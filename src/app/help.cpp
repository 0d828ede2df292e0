// tested by: tests/app/cli_test.cpp (program_help)
#include "app/help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kScreenLines = 24;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kGap = 2;
constexpr std::size_t kWidestLeft = 26;  ///< A longer left cell has its description on the next line.

/// One row of a table with two columns.
struct Row {
  std::string left, right;
};

struct Section {
  std::string title;  ///< Empty if it has none.
  std::vector<std::string> lines;
};

/// Returns the width of a UTF-8 text in columns, if each letter takes one.
std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Breaks a text at spaces. A word that is longer than the width gets a line of its own.
std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (lines.empty() || columns_of(lines.back()) + 1 + columns_of(word) > width) {
      lines.emplace_back(word);
    } else {
      lines.back().append(1, ' ').append(word);
    }
  }
  return lines;
}

std::vector<std::string> indent(std::vector<std::string> lines) {
  for (auto& line : lines) line.insert(0, kIndent, ' ');
  return lines;
}

std::string pad(std::string text, std::size_t columns) {
  text.append(columns - std::min(columns, columns_of(text)), ' ');
  return text;
}

std::vector<std::string> align(const std::vector<Row>& rows, std::size_t width) {
  std::size_t left = 0;
  for (const auto& row : rows)
    if (columns_of(row.left) <= kWidestLeft) left = std::max(left, columns_of(row.left));
  const auto margin = kIndent + left + kGap;
  std::vector<std::string> lines;
  for (const auto& row : rows) {
    auto line = pad(std::string(kIndent, ' ') + row.left, margin);
    if (columns_of(row.left) > left) {
      lines.push_back(std::string(kIndent, ' ') + row.left);
      line = std::string(margin, ' ');
    }
    for (const auto& part : wrap(row.right, width - margin)) {
      lines.push_back(line + part);
      line = std::string(margin, ' ');
    }
  }
  return lines;
}

/// Returns an option as it is typed: "-o, --out DIR".
std::string spell(const OptionHelp& option) {
  return fmt::format("{}{}{}", fmt::join(option.names, ", "), option.value.empty() ? "" : " ", option.value);
}

/// Aligns long names: an option without a short name is indented.
std::string left_of(const OptionHelp& option) {
  return (option.names.front().starts_with("--") ? "    " : "") + spell(option);
}

std::string right_of(const OptionHelp& option) {
  auto text = option.description;
  if (!option.choices.empty()) text += ": " + join_words(option.choices);
  if (option.repeatable && !option.value.empty()) text += "; may be repeated";
  if (option.required && !option.value.empty()) text += " (required)";
  if (!option.default_value.empty()) text += fmt::format(" (default: {})", option.default_value);
  return text;
}

std::vector<std::string> list_options(const std::vector<OptionHelp>& options, std::size_t width) {
  std::vector<Row> rows;
  for (const auto& option : options) rows.push_back({left_of(option), right_of(option)});
  return align(rows, width);
}

/// Lists options by name only; the program's page says what they mean.
std::vector<std::string> name_options(const std::vector<OptionHelp>& options, std::size_t width) {
  std::string text;
  for (const auto& option : options) text += (text.empty() ? "" : ", ") + spell(option);
  return indent(wrap(text, width - kIndent));
}

/// Lists commands so that a shell accepts them: long ones continue after a backslash.
std::vector<std::string> list_examples(const std::vector<std::string>& examples, std::size_t width) {
  std::vector<std::string> lines;
  for (const auto& example : examples) {
    auto parts = wrap(example, width - 2 * kIndent - 2);
    for (std::size_t p = 0; p < parts.size(); ++p)
      lines.push_back(std::string(p == 0 ? kIndent : 2 * kIndent, ' ') + parts[p] +
                      (p + 1 < parts.size() ? " \\" : ""));
  }
  return lines;
}

std::string usage_of(const CommandHelp& verb) {
  auto text = fmt::format("Usage: sorsweep {}", verb.name);
  for (const auto& argument : verb.arguments) {
    const auto name = argument.names.front() + (argument.repeatable ? "…" : "");
    text += argument.required ? " " + name : fmt::format(" [{}]", name);
  }
  for (const auto& option : verb.options)
    if (option.required) text += fmt::format(" {} {}", option.names.front(), option.value);
  return text + (std::ranges::all_of(verb.options, &OptionHelp::required) ? "" : " [OPTIONS]");
}

/// Joins the sections that have lines, with empty lines between them if the screen has room.
std::string join_sections(std::vector<Section> sections) {
  std::erase_if(sections, [](const Section& section) { return section.lines.empty(); });
  std::size_t lines = sections.size() - 1;
  for (const auto& section : sections) lines += section.lines.size() + !section.title.empty();
  std::string text;
  for (const auto& section : sections) {
    if (!text.empty() && lines <= kScreenLines) text += '\n';
    if (!section.title.empty()) text += section.title + ":\n";
    for (const auto& line : section.lines) text += line + '\n';
  }
  return text;
}

}  // namespace

std::string program_help(const CommandHelp& program, const std::vector<CommandHelp>& verbs, std::size_t width) {
  std::vector<Row> rows;
  for (const auto& verb : verbs)
    if (verb.name != "help") rows.push_back({verb.name, verb.description});
  Section notes;
  for (const auto& note : program.notes)
    for (auto& line : wrap(note, width)) notes.lines.push_back(std::move(line));
  auto head = wrap(fmt::format("{}: {}", program.name, program.description), width);
  const auto usage = fmt::format("Usage: {0} VERB [OPTIONS], {0} help VERB, {0} --version", program.name);
  for (auto& line : wrap(usage, width)) head.push_back(std::move(line));
  auto options = program.options;
  // The usage has --version.
  std::erase_if(options, [](const OptionHelp& option) { return option.names.back() == "--version"; });
  return join_sections({{"", std::move(head)},
                        {"Verbs", align(rows, width)},
                        {"Options of every verb", list_options(options, width)},
                        {"Examples", list_examples(program.examples, width)},
                        std::move(notes)});
}

std::string verb_help(const CommandHelp& program, const CommandHelp& verb, std::size_t width) {
  auto head = wrap(fmt::format("{} {}: {}", program.name, verb.name, verb.description), width);
  for (auto& line : wrap(usage_of(verb), width)) head.push_back(std::move(line));
  return join_sections({{"", std::move(head)},
                        {"Arguments", list_options(verb.arguments, width)},
                        {"Options", list_options(verb.options, width)},
                        {"Options of every verb", name_options(program.options, width)},
                        {verb.examples.size() == 1 ? "Example" : "Examples", list_examples(verb.examples, width)}});
}

}  // namespace sorsweep
