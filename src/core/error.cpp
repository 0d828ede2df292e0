#include "core/error.hpp"

#include <fmt/format.h>

#include "core/text.hpp"

namespace sorsweep {
namespace {

/// Shortens a text for the message: what it quotes may be of any length.
std::string cut(std::string_view text) {
  constexpr std::size_t most = 2000;
  return text.size() <= most ? std::string(text) : fmt::format("{}…", text.substr(0, most));
}

std::string message(std::string_view problem, std::string_view why, std::string_view advice) {
  auto text = cut(problem);
  if (!why.empty()) text += fmt::format(" ({})", cut(why));
  if (!advice.empty()) text += fmt::format(": {}", advice);
  return tame(text);
}

}  // namespace

Error::Error(Exit code, std::string_view problem, std::string_view why, std::string_view advice)
    : std::runtime_error(message(problem, why, advice)), code_(code), problem_(problem), why_(why), advice_(advice) {}

Error Error::within(std::string_view place) const {
  return {code_, fmt::format("{}: {}", place, problem_), why_, advice_};
}

}  // namespace sorsweep
