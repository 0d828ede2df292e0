#include "sorsweep/core/error.hpp"

#include <fmt/format.h>

namespace sorsweep {
namespace {

std::string message(std::string_view problem, std::string_view why, std::string_view advice) {
  std::string text(problem);
  if (!why.empty()) text += fmt::format(" ({})", why);
  if (!advice.empty()) text += fmt::format(": {}", advice);
  return text;
}

}  // namespace

Error::Error(Exit code, std::string_view problem, std::string_view why, std::string_view advice)
    : std::runtime_error(message(problem, why, advice)), code_(code), problem_(problem), why_(why), advice_(advice) {}

Error Error::within(std::string_view place) const {
  return {code_, fmt::format("{}: {}", place, problem_), why_, advice_};
}

}  // namespace sorsweep
