#include "core/control_group.hpp"

#include <algorithm>
#include <fstream>
#include <string>

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

/// Returns the least limit of a group and of those above it. \param file holds the limit in each group's folder
std::optional<std::uint64_t> least_limit(const fs::path& top, fs::path group, const char* file) {
  std::optional<std::uint64_t> least;
  while (true) {
    std::ifstream limit(top / group / file);
    if (std::uint64_t bytes = 0; limit >> bytes) least = std::min(least.value_or(bytes), bytes);
    if (group.empty()) return least;
    group = group.parent_path();
  }
}

}  // namespace

std::optional<std::uint64_t> group_memory(const fs::path& membership, const fs::path& mount) {
  std::ifstream lines(membership);
  for (std::string line; std::getline(lines, line);) {  // as «4:memory:/user/job», or «0::/user/job» in version 2
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const auto controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const auto group = fs::path(line.substr(second + 1)).relative_path();
    if (controllers.find(",memory,") != std::string::npos)
      return least_limit(mount / "memory", group, "memory.limit_in_bytes");
    if (controllers == ",,")
      if (const auto limit = least_limit(mount, group, "memory.max")) return limit;
  }
  return std::nullopt;
}

}  // namespace sorsweep
