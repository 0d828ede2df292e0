#include <fmt/format.h>

#include "app/man_page.hpp"

namespace sorsweep {
namespace {

// What is no option and no verb is a file: compgen -f stands behind `complete -o default`.
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

/// "--out" of "-o,--out"
std::string long_name(const OptionOutline& option) {
  return option.names.substr(option.names.rfind(',') + 1);
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

std::vector<std::string> long_names(const std::vector<OptionOutline>& options) {
  std::vector<std::string> names;
  for (const auto& option : options)
    if (!option.is_positional) names.push_back(long_name(option));
  return names;
}

std::string branch(const VerbOutline& verb, const std::vector<std::string>& everywhere) {
  auto names = long_names(verb.options);
  names.insert(names.end(), everywhere.begin(), everywhere.end());
  auto text = fmt::format("  {})\n    options='{}'\n", verb.name, join(names, " "));
  for (const auto& option : verb.options)
    if (const auto words = option_words(option); !words.empty())
      text += fmt::format("    if [ \"$prev\" = {} ]; then COMPREPLY=($(compgen -W '{}' -- \"$cur\")) && return; fi\n",
                          long_name(option), join(words, " "));
  return text + "    ;;\n";
}

}  // namespace

std::string bash_completion(const CommandLineOutline& outline) {
  std::vector<std::string> verbs, everywhere;
  for (const auto& verb : outline.verbs) verbs.push_back(verb.name);
  for (const auto& name : long_names(outline.options))
    if (name != "--help" && name != "--version") everywhere.push_back(name);
  auto script = fmt::format(kHead, join(verbs, " | "), join(verbs, " "), join(long_names(outline.options), " "));
  for (const auto& verb : outline.verbs) script += branch(verb, everywhere);
  return script + kTail;
}

}  // namespace sorsweep
