#include "core/control_group.hpp"

#include <filesystem>
#include <fstream>

#include "catch_compat.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text << '\n';
}

}  // namespace

TEST_CASE("a control group's memory is the least of its own limit and those above", "[core][control_group]") {
  const TemporaryFolder folder;
  const auto root = folder.path();
  const auto memory = [&](const std::string& membership) {
    write(root / "cgroup", membership);
    return group_memory(root / "cgroup", root / "fs");
  };
  write(root / "fs/user/memory.max", "5000");
  write(root / "fs/user/job/memory.max", "max");
  CHECK(memory("0::/user/job") == 5000);
  write(root / "fs/user/job/memory.max", "3000");
  CHECK(memory("0::/user/job") == 3000);
  CHECK(memory("0::/user") == 5000);
  CHECK(memory("0::/other") == std::nullopt);
  write(root / "fs/memory/lxc/memory.limit_in_bytes", "700");
  CHECK(memory("9:name=systemd:/\n4:cpu,memory:/lxc/a\n1:cpu:/user") == 700);
  CHECK(memory("1:memory_and_more:/lxc") == std::nullopt);
  CHECK(memory("") == std::nullopt);
  CHECK(group_memory(root / "nowhere", root / "fs") == std::nullopt);
}
