// tested by: tests/run/event_log_test.cpp (host_name)
#include "core/machine.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>

#include "core/control_group.hpp"

namespace sorsweep {

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "host";
}

std::string pid_namespace() {
  std::string boot;
  struct stat status {};
  // The first namespace has the same number on every host, so it takes both.
  const bool is_known =
      std::ifstream("/proc/sys/kernel/random/boot_id") >> boot && ::stat("/proc/self/ns/pid", &status) == 0;
  return is_known ? fmt::format("{}/{}", boot, status.st_ino) : "";
}

TimeNs now_ns() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

TimeNs boot_time_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return now.tv_sec * kNsPerSecond + now.tv_nsec;
}

TimeNs file_time_ns(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 ? status.st_mtim.tv_sec * kNsPerSecond + status.st_mtim.tv_nsec : 0;
}

std::string utc_now() {
  return format_iso_time(now_ns());
}

std::string command_line() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!text.empty()) text.pop_back();
  std::ranges::replace(text, '\0', ' ');
  return text;
}

std::uint64_t machine_memory() {
  const auto installed =
      static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return std::min(installed, group_memory("/proc/self/cgroup", "/sys/fs/cgroup").value_or(installed));
}

std::uint64_t peak_memory() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace sorsweep
