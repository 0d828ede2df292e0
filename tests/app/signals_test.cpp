#include "app/signals.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "catch_compat.hpp"

using namespace sorsweep;
using namespace std::chrono_literals;

namespace {

bool becomes(const std::atomic<int>& count, int value) {
  for (int i = 0; i < 500 && count != value; ++i) std::this_thread::sleep_for(10ms);
  return count == value;
}

}  // namespace

TEST_CASE("after the time of grace work is given up, once", "[app][signals]") {
  std::atomic<bool> stop{false};
  std::atomic<int> calls{0};
  const GraceTimer timer(stop, 30ms, [&] { ++calls; });
  std::this_thread::sleep_for(100ms);
  CHECK(calls == 0);
  stop = true;
  CHECK(becomes(calls, 1));
  std::this_thread::sleep_for(100ms);
  CHECK(calls == 1);
}

TEST_CASE("work that ends within its time of grace is not given up", "[app][signals]") {
  std::atomic<bool> stop{true};
  std::atomic<int> calls{0};
  const auto begin = std::chrono::steady_clock::now();
  {
    const GraceTimer timer(stop, 1h, [&] { ++calls; });
    std::this_thread::sleep_for(50ms);
  }
  {
    const GraceTimer none(stop, std::nullopt, [&] { ++calls; });
  }
  CHECK(calls == 0);
  CHECK(std::chrono::steady_clock::now() - begin < 1min);
}

namespace {

/// Runs in a process of its own, as the flag is never taken back. \return which step failed
int raise_signals() {
  const auto& stop = stop_on_signals();
  if (stop || !stop_signal().empty()) return 1;
  ::raise(SIGUSR1);
  if (!stop || stop_signal() != "SIGUSR1") return 2;
  ::raise(SIGUSR1);
  ::raise(SIGTERM);  // still handled: it would end the process otherwise
  if (stop_signal() != "SIGUSR1") return 3;
  stop_on_signals();
  struct sigaction left {};
  ::sigaction(SIGTERM, nullptr, &left);
  return left.sa_handler == SIG_DFL ? 0 : 4;
}

}  // namespace

TEST_CASE("SIGUSR1 asks to stop, and leaves SIGTERM its first time", "[app][signals]") {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) ::_exit(raise_signals());
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}
