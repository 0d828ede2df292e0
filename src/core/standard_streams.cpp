// tested by: tests/python/streams_test.py (descriptor)
#include "core/standard_streams.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

namespace sorsweep {
namespace {

bool was_ignored = true;  ///< Whether SIGPIPE was ignored before this program did so.

}  // namespace

void keep_standard_streams() noexcept {
  for (const int stream : {kStandardInput, kStandardOutput, kStandardError}) {
    if (::fcntl(stream, F_GETFD) >= 0 || errno != EBADF) continue;
    // A new descriptor has the lowest number that is free, which is this one.
    [[maybe_unused]] const int opened = ::open("/dev/null", stream == kStandardInput ? O_WRONLY : O_RDONLY);
  }
}

void outlive_closed_pipes() noexcept {
  was_ignored = ::signal(SIGPIPE, SIG_IGN) == SIG_IGN;
}

void end_by_closed_pipe() noexcept {
  if (was_ignored) return;
  ::signal(SIGPIPE, SIG_DFL);
  ::raise(SIGPIPE);
}

void write_to_stderr(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto wrote = ::write(kStandardError, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

}  // namespace sorsweep
