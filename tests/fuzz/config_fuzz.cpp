// Fuzzes configs. They are read or refused, and what was read can be written and read again as the same.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "config/config.hpp"
#include "config/config_parts.hpp"
#include "config/yaml_tree.hpp"
#include "core/error.hpp"
#include "fuzz/fuzz_file.hpp"

using namespace sorsweep;

namespace {

/// Checks what runs rely on: config.resolved.yaml reads back as the same config.
void read_back(const Config& config) {
  const auto again = read_structural_points(parse_yaml("again", to_yaml(config)));
  must(semantic_entries(again.front()) == semantic_entries(config));
  must(again.front().pinned_days == config.pinned_days);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  // No config has a zero byte. Everything behind one is an assignment of --set.
  const auto zero = text.find('\0');
  std::optional<std::string> assignment;
  if (zero != std::string::npos) assignment = text.substr(zero + 1);
  text.resize(std::min(zero, text.size()));
  std::optional<Config> config;
  try {
    auto root = parse_yaml("fuzz", text);
    if (assignment) set_value(root, *assignment);
    config = read_structural_points(root).front();
  } catch (const Error& error) {
    must(error.code() == Exit::usage || error.code() == Exit::resources);
  }
  if (config) read_back(*config);
  return 0;
}
