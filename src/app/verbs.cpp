// tested by: tests/app/cli_test.cpp (register_verb)
// The table of verbs. A new verb is a file that defines `Verb x_verb()`, and two lines here.
#include <fmt/format.h>

#include <algorithm>

#include "app/cli.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {

Verb synth_verb();
Verb convert_verb();
Verb inspect_verb();
Verb verify_verb();
Verb plan_verb();
Verb sweep_verb();
Verb merge_verb();
Verb report_verb();
Verb status_verb();
Verb replay_verb();

namespace {

/// Returns the verbs in the order of --help.
std::vector<Verb>& table() {
  static std::vector<Verb> verbs = {
      synth_verb(), convert_verb(), inspect_verb(), verify_verb(), plan_verb(),
      sweep_verb(), merge_verb(),   report_verb(),  status_verb(), replay_verb(),
  };
  return verbs;
}

}  // namespace

const std::vector<Verb>& all_verbs() {
  return table();
}

void register_verb(Verb verb) {
  check_name(verb.name, "a verb");
  if (verb.name == "help" || std::ranges::find(table(), verb.name, &Verb::name) != table().end())
    throw Error(Exit::usage, fmt::format("there is a verb {} already", verb.name));
  if (!verb.open) throw Error(Exit::usage, fmt::format("the verb {} has nothing to open it", verb.name));
  table().push_back(std::move(verb));
}

}  // namespace sorsweep
