#include "app/failure.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <stdexcept>

#include "catch_compat.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;

namespace {

/// What the log's file has after a failure was told, and the exit code.
struct Told {
  Exit code;
  std::string logged;
};

template <class Failure>
Told tell(const Failure& failure) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "log";
  Told told{};
  {
    Log log(-1, file);
    told.code = tell_failure(std::make_exception_ptr(failure), false, &log);
  }
  std::ifstream in(file);
  told.logged = {std::istreambuf_iterator<char>(in), {}};
  return told;
}

}  // namespace

TEST_CASE("every failure reaches the log's file", "[app][failure]") {
  const auto refused = tell(Error(Exit::usage, "no", "because", "do this"));
  CHECK(refused.code == Exit::usage);
  CHECK(refused.logged.ends_with(" sorsweep: no (because): do this\n"));
  const auto memory = tell(std::bad_alloc());
  CHECK(memory.code == Exit::resources);
  CHECK(memory.logged.ends_with(" sorsweep: out of memory: take a smaller grid or input\n"));
  const auto files =
      tell(std::filesystem::filesystem_error("x", "a/b", std::make_error_code(std::errc::permission_denied)));
  CHECK(files.code == Exit::input);
  CHECK(files.logged.ends_with(" sorsweep: a/b cannot be read (Permission denied)\n"));
  const auto mistake = tell(std::logic_error("never"));
  CHECK(mistake.code == Exit::internal);
  CHECK(mistake.logged.ends_with(" sorsweep: internal error: never\n"));
  CHECK(tell(1).code == Exit::internal);
}

TEST_CASE("a failure before there is a log has its exit code", "[app][failure]") {
  CHECK(tell_failure(std::make_exception_ptr(Error(Exit::incomplete, "half")), false) == Exit::incomplete);
}
