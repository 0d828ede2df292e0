#include "core/temporaries.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "catch_compat.hpp"
#include "core/publication.hpp"
#include "recorded_calls.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;
namespace fs = std::filesystem;

namespace {

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

/// Makes a file that looks like a temporary which another process left.
void leave(const fs::path& folder, const std::string& name) {
  write_text(folder / name, "x");
}

/// Returns the name of a temporary of this host and another process.
std::string name_of_another() {
  const auto of_host = new_temporary("").string().substr(0, std::string(".sorsweep-00000000-").size());
  return of_host + std::string(32, 'f') + "-7.tmp";
}

const std::string kOfAnotherHost = ".sorsweep-00000000-" + std::string(32, 'f') + "-7.tmp";

}  // namespace

TEST_CASE("names of temporaries are short, and none comes twice", "[core][temporaries]") {
  std::set<fs::path> names;
  for (int i = 0; i < 1000; ++i) names.insert(new_temporary("folder"));
  CHECK(names.size() == 1000);
  for (const auto& name : names) CHECK(name.filename().string().size() < 80);
}

TEST_CASE("what dead processes of this host left is removed, and nothing else", "[core][temporaries]") {
  const TemporaryFolder folder;
  NewFile ours(folder.path() / "ours");
  const auto kept = names_in(folder.path());
  leave(folder.path(), name_of_another());
  leave(folder.path(), kOfAnotherHost);
  leave(folder.path(), "unit.tmp");
  fs::create_directory(folder.path() / (".sorsweep-x-" + std::string("folder.tmp")));
  clean_temporaries(folder.path());
  CHECK(names_in(folder.path()).size() == kept.size() + 3);
  CHECK_FALSE(fs::exists(folder.path() / name_of_another()));
  CHECK(ours.replace());
  CHECK(fs::exists(folder.path() / "ours"));
  clean_temporaries(folder.path() / "no");
}

TEST_CASE("where nobody will publish any more, other hosts' go too, but no held ones", "[core][temporaries]") {
  const TemporaryFolder folder;
  leave(folder.path(), kOfAnotherHost);
  const NewFile ours(folder.path() / "ours");
  remove_dead_temporaries(folder.path());
  CHECK(names_in(folder.path()).size() == 1);
}

TEST_CASE("a process that was killed holds nothing", "[core][temporaries]") {
  const TemporaryFolder folder;
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const NewFile file(folder.path() / "a");
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  REQUIRE(names_in(folder.path()).size() == 1);
  clean_temporaries(folder.path());
  CHECK(names_in(folder.path()).empty());
}

TEST_CASE("without locks a temporary may be at work, so it stays until nobody publishes", "[core][temporaries]") {
  for (const int none : {ENOSYS, ENOLCK, EOPNOTSUPP}) {
    const TemporaryFolder folder;
    RecordedCalls calls;
    const FileCallsInstead instead(calls);
    leave(folder.path(), name_of_another());
    calls.errors["lock"] = {none, none, none};
    clean_temporaries(folder.path());
    CHECK(names_in(folder.path()).size() == 1);
    publish_text(folder.path() / "a", "x");
    CHECK(names_in(folder.path()).size() == 2);
    remove_dead_temporaries(folder.path());
    CHECK(names_in(folder.path()) == std::set<std::string>{"a"});
  }
}

TEST_CASE("a process can remove its own temporaries, and no others", "[core][temporaries]") {
  const TemporaryFolder folder;
  const NewFile ours(folder.path() / "ours");
  leave(folder.path(), name_of_another());
  leave(folder.path(), "unit.h5");
  remove_own_temporaries(folder.path());
  CHECK(names_in(folder.path()) == std::set<std::string>{name_of_another(), "unit.h5"});
  remove_own_temporaries(folder.path() / "no");
}
