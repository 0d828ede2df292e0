#include "run/alone_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "config/config_parts.hpp"
#include "core/hash.hpp"

namespace sorsweep {
namespace {

std::string set_structural(const StructuralPoint& structural) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : structural) keys.push_back(fmt::format("{}: [{}]", key, quoted(value)));
  return fmt::format("structural={{{}}}", fmt::join(keys, ", "));
}

/// Returns a folder beside the run's: within it there would be units of another run.
std::string folder_of(const std::filesystem::path& run, const StructuralPoint& structural, const DayKey& day) {
  const auto folder = run.has_filename() ? run : run.parent_path();  // A path such as runs/x/ has no file name.
  return fmt::format("{}-{}-{}{}", folder.string(), day.symbol, format_date(day.date),
                     structural_suffix(text_of(structural)));
}

}  // namespace

std::string alone_command(const RunRequest& request, const StructuralPoint& structural, const DayKey& day,
                          const std::filesystem::path& run) {
  std::string text = "sorsweep sweep";
  const auto add = [&](const std::string& word) { text += fmt::format(" {}", shell_word(word)); };
  const auto add_option = [&](const char* option, const std::string& value) {
    add(option);
    add(value);
  };
  add(request.config.string());
  for (const auto& assignment : request.sets) add_option("--set", assignment);
  if (!structural.empty()) add_option("--set", set_structural(structural));
  add_option("--set", fmt::format("symbols=[{}]", quoted(day.symbol)));
  add_option("--set", fmt::format("days=[{}]", format_date(day.date)));
  if (request.engine == Engine::brute) add_option("--engine", "brute");
  if (request.memory) add_option("--mem", fmt::format("{}B", *request.memory));
  add_option("--threads", "1");
  add_option("-o", folder_of(run, structural, day));
  return text;
}

std::string shell_word(const std::string& text) {
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("_./:=,@%+-").find(c) != std::string_view::npos;
  };
  if (!text.empty() && std::ranges::all_of(text, is_plain)) return text;
  std::string word;
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return fmt::format("'{}'", word);
}

std::string complete_command(const std::filesystem::path& run, Engine engine) {
  return fmt::format("sorsweep sweep {} -o {}{}", shell_word((run / "config.resolved.yaml").string()),
                     shell_word(run.string()), engine == Engine::brute ? " --engine brute" : "");
}

std::string structural_suffix(const std::string& structural) {
  constexpr std::size_t most = 100;  // A file name has 255 bytes, and holds a symbol, a date and more.
  if (structural.empty()) return "";
  return "@" + (structural.size() <= most ? structural : hash_hex(structural).substr(0, 16));
}

}  // namespace sorsweep
