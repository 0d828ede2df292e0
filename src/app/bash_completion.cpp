// tested by: tests/package/install_test.py (_sorsweep)
#include <fmt/format.h>

#include "app/help.hpp"

namespace sorsweep {
namespace {

// Words that are neither options nor verbs are files: `complete -o default` falls back to them.
constexpr const char* kTail = R"(  esac
  if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$cur")); fi
}
complete -o default -o filenames -F _sorsweep sorsweep
)";

constexpr const char* kHead = R"(# bash completion of sorsweep; made from its command line when it was built
_sorsweep() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD - 1]}} verb='' word options=''
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $word in {0}) verb=$word && break ;; esac
  done
  case $verb in
  '')
    options='{2}'
    if [[ $cur != -* ]]; then COMPREPLY=($(compgen -W '{1}' -- "$cur")) && return; fi
    ;;
)";

std::string join(const std::vector<std::string>& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

std::vector<std::string> long_names(const CommandHelp& command) {
  std::vector<std::string> names;
  for (const auto& option : command.options) names.push_back(option.names.back());
  return names;
}

std::string branch(const CommandHelp& verb, const std::vector<std::string>& everywhere) {
  auto names = long_names(verb);
  names.insert(names.end(), everywhere.begin(), everywhere.end());
  auto text = fmt::format("  {})\n    options='{}'\n", verb.name, join(names, " "));
  for (const auto& option : verb.options)
    if (!option.choices.empty())
      text += fmt::format("    if [ \"$prev\" = {} ]; then COMPREPLY=($(compgen -W '{}' -- \"$cur\")) && return; fi\n",
                          option.names.back(), join(option.choices, " "));
  return text + "    ;;\n";
}

}  // namespace

std::string bash_completion(const std::vector<CommandHelp>& commands) {
  const auto& program = commands.front();
  std::vector<std::string> verbs;
  for (const auto& command : commands)
    if (&command != &program) verbs.push_back(command.name);
  auto everywhere = long_names(program);
  std::erase(everywhere, "--version");
  auto script = fmt::format(kHead, join(verbs, " | "), join(verbs, " "), join(long_names(program), " "));
  for (const auto& command : commands)
    if (&command != &program) script += branch(command, everywhere);
  return script + kTail;
}

}  // namespace sorsweep
