#include "core/files.hpp"

#include "catch_compat.hpp"
#include "recorded_calls.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;

TEST_CASE("a folder is not read as a file", "[core][files]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_file(folder.path(), Exit::usage), Catch::Contains("is a folder"));
  CHECK_THROWS_WITH(read_file(folder.path() / "no", Exit::usage), Catch::Contains("is not there"));
}

TEST_CASE("a signal that interrupts the opening of a file is no error", "[core][files]") {
  const TemporaryFolder folder;
  write_text(folder.path() / "a", "text");
  RecordedCalls calls;
  const FileCallsInstead instead(calls);
  calls.errors["open"] = {EINTR, EINTR, EINTR};
  CHECK(read_file(folder.path() / "a", Exit::input) == "text");
  calls.errors["open"] = {EINTR};
  CHECK(read_head(folder.path() / "a", 2) == "te");
}
