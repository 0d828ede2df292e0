#include "core/error.hpp"

#include "catch_compat.hpp"
#include "core/text.hpp"

using namespace sorsweep;

TEST_CASE("a message is problem, why in brackets, advice; what is not said leaves no mark", "[core][error]") {
  CHECK(std::string(Error(Exit::input, "p", "w", "a").what()) == "p (w): a");
  CHECK(std::string(Error(Exit::input, "p", "", "a").what()) == "p: a");
  CHECK(std::string(Error(Exit::input, "p", "w").what()) == "p (w)");
  const auto placed = Error(Exit::integrity, "p", "w", "a").within("day 3");
  CHECK(std::string(placed.what()) == "day 3: p (w): a");
  CHECK(placed.code() == Exit::integrity);
}

TEST_CASE("no control character but the line end reaches a terminal", "[core][error]") {
  CHECK(tame("a\x1b[31mb\rc\x7f\nd\t") == "a\\x1b[31mb\\x0dc\\x7f\nd\\x09");
  CHECK(tame("λ «x»") == "λ «x»");
  CHECK(std::string(Error(Exit::input, "\x1b").what()) == "\\x1b");
}

TEST_CASE("a long problem is cut in the message, not in the error", "[core][error]") {
  const std::string text(5000, 'x');
  const Error error(Exit::input, text);
  CHECK(std::string(error.what()) == std::string(2000, 'x') + "…");
  CHECK(error.problem() == text);
}
