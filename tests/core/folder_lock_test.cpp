#include "core/folder_lock.hpp"

#include <atomic>
#include <cerrno>
#include <deque>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "recorded_calls.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;
namespace fs = std::filesystem;

TEST_CASE("one holds a folder at a time, and nothing is left in it", "[core][folder_lock]") {
  const TemporaryFolder folder;
  std::atomic<int> inside{0}, most{0}, turns{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const FolderLock lock(folder.path());
        const int now = ++inside;
        most = std::max(most.load(), now);
        std::this_thread::yield();
        --inside;
        ++turns;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(most == 1);
  CHECK(turns == 200);
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a lock that was left behind keeps nobody out", "[core][folder_lock]") {
  const TemporaryFolder folder;
  write_text(folder.path() / FolderLock::kFile, "");
  { const FolderLock lock(folder.path()); }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("signals do not disturb a lock, and a file system without locks does not either", "[core][folder_lock]") {
  const TemporaryFolder folder;
  RecordedCalls calls;
  const FileCallsInstead instead(calls);
  for (const int error : {EINTR, ENOLCK}) {
    calls.errors["lock"] = {error};
    const FolderLock lock(folder.path());
    CHECK(fs::exists(folder.path() / FolderLock::kFile));
  }
  CHECK_THROWS_WITH(FolderLock(folder.path() / "no"), Catch::Contains("cannot be written"));
}

TEST_CASE("who waits for a folder learns why", "[core][folder_lock]") {
  const TemporaryFolder folder;
  RecordedCalls calls;
  const FileCallsInstead instead(calls);
  std::vector<std::string> told;
  const auto note = [&](const std::string& text) { told.push_back(text); };
  calls.errors["lock"] = {EWOULDBLOCK};
  { const FolderLock lock(folder.path(), note); }
  CHECK(told.empty());
  calls.errors["lock"] = std::deque<int>(100, EWOULDBLOCK);
  { const FolderLock lock(folder.path(), note); }
  CHECK(told == std::vector{"another process is writing into " + folder.path().string() + ": waiting for it"});
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("another user's file is locked, though it may not be written", "[core][folder_lock]") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / FolderLock::kFile);
  RecordedCalls calls;
  const FileCallsInstead instead(calls);
  calls.errors["open"] = {EACCES};
  { const FolderLock lock(folder.path()); }
  CHECK(fs::is_empty(folder.path()));
  calls.errors["open"] = {EACCES, ENOENT};  // That user has removed it meanwhile.
  { const FolderLock lock(folder.path()); }
  CHECK(fs::is_empty(folder.path()));
}
