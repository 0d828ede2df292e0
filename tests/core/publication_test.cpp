#include "core/publication.hpp"

#include <sys/stat.h>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "core/files.hpp"
#include "recorded_calls.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;
namespace fs = std::filesystem;

namespace {

using Calls = std::vector<std::string>;

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

std::string text_of(const fs::path& path) {
  return read_file(path, Exit::input);
}

WriteFile text(std::string_view bytes) {
  return [bytes](NewFile& file) { file.write(bytes); };
}

/// A folder with calls that are recorded as long as the folder is there.
struct Recorded {
  TemporaryFolder folder;
  RecordedCalls calls;
  FileCallsInstead instead{calls};

  fs::path operator/(const char* name) const { return folder.path() / name; }
};

}  // namespace

TEST_CASE("a file is on the disk before it has its name, and its name before anybody hears of it", "[core][publish]") {
  const Recorded at;
  publish_text(at / "a", "text");
  const Calls published = {"open temporary", "lock temporary",     "write temporary",
                           "sync temporary", "rename temporary a", "open folder",
                           "sync folder",    "close folder",       "close temporary"};
  CHECK(at.calls.calls == published);
  CHECK(text_of(at / "a") == "text");
  CHECK(files_in(at.folder.path()) == 1);
}

TEST_CASE("a file that must be new is published in the same order", "[core][publish]") {
  Recorded at;
  REQUIRE(publish_text_if_absent(at / "a", "first"));
  const Calls published = {"open temporary", "lock temporary",         "write temporary",
                           "sync temporary", "rename_new temporary a", "open folder",
                           "sync folder",    "close folder",           "close temporary"};
  CHECK(at.calls.calls == published);
  CHECK_FALSE(publish_text_if_absent(at / "a", "second"));
  CHECK(text_of(at / "a") == "first");
  CHECK(files_in(at.folder.path()) == 1);
}

TEST_CASE("where files cannot be renamed to new names only, they get a second name", "[core][publish]") {
  for (const int unknown : {EINVAL, ENOSYS, EOPNOTSUPP}) {
    Recorded at;
    at.calls.errors["rename_new"] = {unknown, unknown};
    REQUIRE(publish_text_if_absent(at / "a", "first"));
    const Calls named = {"rename_new temporary a", "link temporary a", "open folder",    "sync folder",
                         "close folder",           "unlink temporary", "close temporary"};
    CHECK(Calls(at.calls.calls.begin() + 4, at.calls.calls.end()) == named);
    CHECK_FALSE(publish_text_if_absent(at / "a", "second"));
    CHECK(text_of(at / "a") == "first");
    CHECK(files_in(at.folder.path()) == 1);
  }
}

TEST_CASE("signals and short writes do not disturb a publication", "[core][publish]") {
  Recorded at;
  for (const auto* call : {"open", "write", "sync"}) at.calls.errors[call] = {EINTR, EINTR, 0, EINTR};
  at.calls.most_bytes = 3;
  publish_text(at / "a", "ten bytes!");
  CHECK(text_of(at / "a") == "ten bytes!");
}

TEST_CASE("whatever the disk refuses, the old file stays and no temporary", "[core][publish]") {
  for (const auto* call : {"open", "write", "sync", "rename"})
    for (const int error : {EIO, ENOSPC, EROFS, EXDEV, EDQUOT}) {
      INFO(call << " " << error);
      Recorded at;
      write_text(at / "a", "old");
      at.calls.errors[call] = {error};
      CHECK_THROWS_WITH(publish_text(at / "a", "new"), Catch::Contains("cannot be written"));
      CHECK(text_of(at / "a") == "old");
      CHECK(files_in(at.folder.path()) == 1);
    }
}

TEST_CASE("a folder that cannot be fsynced is no error, one that fails is", "[core][publish]") {
  Recorded at;
  at.calls.errors["sync"] = {0, EINVAL};
  publish_text(at / "a", "x");
  at.calls.errors["sync"] = {0, EIO};
  CHECK_THROWS_AS(publish_text(at / "a", "y"), Error);
}

TEST_CASE("a pipe or a device is not replaced, nor a link to one", "[core][publish]") {
  const TemporaryFolder folder;
  const auto pipe = folder.path() / "pipe", link = folder.path() / "link";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  fs::create_symlink(pipe, link);
  for (const auto& path : {pipe, link, fs::path("/dev/stdout")})
    CHECK_THROWS_WITH(publish_text(path, "x"), Catch::Contains("it is a device or a pipe"));
  CHECK(fs::is_fifo(pipe));
  CHECK(fs::is_symlink(link));
}

TEST_CASE("a cleaner that is faster than the lock makes no difference", "[core][publish]") {
  Recorded at;
  at.calls.errors["lock"] = {EWOULDBLOCK};
  publish_text(at / "a", "x");
  CHECK(text_of(at / "a") == "x");
}

TEST_CASE("a file of the longest name can be published", "[core][publish]") {
  const TemporaryFolder folder;
  publish_text(folder.path() / std::string(255, 'n'), "x");
  CHECK(text_of(folder.path() / std::string(255, 'n')) == "x");
}

TEST_CASE("a folder is on the disk before anything is in it", "[core][publish]") {
  Recorded at;
  make_folder(at.folder.path() / "x" / "y");
  const Calls made = {"make_folder x", "open folder", "sync folder", "close folder",
                      "make_folder y", "open folder", "sync folder", "close folder"};
  CHECK(at.calls.calls == made);
  at.calls.calls.clear();
  make_folder(at.folder.path() / "x" / "y");
  CHECK(at.calls.calls.empty());
  write_text(at / "file", "");
  CHECK_THROWS_WITH(make_folder(at / "file"), Catch::Contains("there is a file of that name"));
  CHECK_THROWS_WITH(make_folder(at.folder.path() / "file" / "z"), Catch::Contains("cannot be made"));
  CHECK_THROWS_WITH(publish_text(at / "x", ""), Catch::Contains("there is a folder of that name"));
}

TEST_CASE("several files are all on the disk before the first has its name", "[core][publish]") {
  Recorded at;
  write_text(at / "b", "old");
  Publication publication;
  publication.stage(at / "a", IfThere::keep, text("1"));
  publication.stage(at / "b", IfThere::replace, text("2"));
  CHECK_FALSE(fs::exists(at / "a"));
  CHECK(text_of(at / "b") == "old");
  at.calls.calls.clear();
  CHECK_FALSE(publication.commit());
  const Calls named = {"rename_new temporary a", "rename temporary b", "open folder", "sync folder", "close folder"};
  CHECK(at.calls.calls == named);
  CHECK(text_of(at / "a") == "1");
  CHECK(text_of(at / "b") == "2");
  CHECK(files_in(at.folder.path()) == 2);
}

TEST_CASE("a publication that fails leaves the old files and no temporary", "[core][publish]") {
  const TemporaryFolder folder;
  write_text(folder.path() / "a", "old");
  const auto fails = [&] {
    Publication publication;
    publication.stage(folder.path() / "a", IfThere::replace, text("new"));
    publication.stage(folder.path() / "b", IfThere::keep, [](NewFile&) { throw Error(Exit::internal, "broken"); });
    return publication.commit();
  };
  CHECK_THROWS_AS(fails(), Error);
  CHECK(text_of(folder.path() / "a") == "old");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a staged file that somebody removed does not count as published", "[core][publish]") {
  const TemporaryFolder folder;
  write_text(folder.path() / "a", "old");
  Publication publication;
  publication.stage(folder.path() / "a", IfThere::replace, text("new"));
  for (const auto& entry : fs::directory_iterator(folder.path()))
    if (entry.path().extension() == ".tmp") fs::remove(entry.path());
  CHECK_THROWS_WITH(publication.commit(), Catch::Contains("a cannot be written"));
  CHECK(text_of(folder.path() / "a") == "old");
}

TEST_CASE("if one of several new files has no place, none appears", "[core][publish]") {
  for (const int error : {0, EIO}) {  // the name of the second file is taken, or the disk fails
    Recorded at;
    if (error == 0) write_text(at / "b", "another's");
    at.calls.errors["rename_new"] = {0, error};
    {
      Publication publication;
      for (const auto* name : {"a", "b", "c"}) publication.stage(at / name, IfThere::keep, text("mine"));
      if (error == 0)
        CHECK((publication.commit() == at / "b"));
      else
        CHECK_THROWS_AS(publication.commit().has_value(), Error);
    }
    CHECK_FALSE(fs::exists(at / "a"));
    CHECK_FALSE(fs::exists(at / "c"));
    if (error == 0) CHECK(text_of(at / "b") == "another's");
    CHECK(files_in(at.folder.path()) == (error == 0 ? 1 : 0));
  }
}
