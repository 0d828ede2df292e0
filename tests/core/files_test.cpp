#include "core/files.hpp"

#include <unistd.h>

#include <fstream>

#include "catch_compat.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;
namespace fs = std::filesystem;

namespace {
std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}
}  // namespace

TEST_CASE("a publication that fails leaves the old files and no temporary", "[core][files]") {
  const TemporaryFolder folder;
  publish_text(folder.path() / "a", "old");
  const auto fails = [&] {
    Publication publication;
    publication.stage(folder.path() / "a", [](const fs::path& t) { write_text(t, "new"); });
    publication.stage(folder.path() / "b", [](const fs::path&) { throw Error(Exit::internal, "broken"); });
    publication.commit();
  };
  CHECK_THROWS_AS(fails(), Error);
  CHECK(read_file(folder.path() / "a", Exit::input) == "old");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("several files appear together", "[core][files]") {
  const TemporaryFolder folder;
  Publication publication;
  publication.stage(folder.path() / "a", [](const fs::path& t) { write_text(t, "1"); });
  publication.stage(folder.path() / "b", [](const fs::path& t) { write_text(t, "2"); });
  CHECK_FALSE(fs::exists(folder.path() / "a"));
  publication.commit();
  CHECK(read_file(folder.path() / "a", Exit::input) == "1");
  CHECK(read_file(folder.path() / "b", Exit::input) == "2");
  CHECK(files_in(folder.path()) == 2);
}

TEST_CASE("temporaries of dead processes are swept, others stay", "[core][files]") {
  const TemporaryFolder folder;
  char host[256] = {};
  REQUIRE(::gethostname(host, sizeof host - 1) == 0);
  const auto touch = [&](const std::string& name) { std::ofstream(folder.path() / name) << "x"; };
  touch(".unit.h5." + std::string(host) + ".999999999.tmp");                            // no such process
  touch(".unit.h5." + std::string(host) + "." + std::to_string(::getppid()) + ".tmp");  // lives
  touch(".unit.h5.another-host.999999999.tmp");
  touch("unit.tmp");
  clean_temporaries(folder.path());
  CHECK(files_in(folder.path()) == 3);
}

TEST_CASE("a process can remove its own temporaries, and no others", "[core][files]") {
  const TemporaryFolder folder;
  char host[256] = {};
  REQUIRE(::gethostname(host, sizeof host - 1) == 0);
  const auto touch = [&](const std::string& name) { std::ofstream(folder.path() / name) << "x"; };
  touch(".unit.h5." + std::string(host) + "." + std::to_string(::getpid()) + ".tmp");
  touch(".unit.h5." + std::string(host) + "." + std::to_string(::getppid()) + ".tmp");
  touch(".unit.h5.another-host." + std::to_string(::getpid()) + ".tmp");
  touch("unit.h5");
  remove_own_temporaries(folder.path());
  CHECK(files_in(folder.path()) == 3);
  remove_own_temporaries(folder.path() / "no");
}

TEST_CASE("a folder is not read as a file", "[core][files]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_file(folder.path(), Exit::usage), Catch::Contains("is a folder"));
  CHECK_THROWS_WITH(read_file(folder.path() / "no", Exit::usage), Catch::Contains("is not there"));
}
