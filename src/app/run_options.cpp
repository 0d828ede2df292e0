// tested by: tests/python/command_line_test.py (mem)
#include "app/run_options.hpp"

#include <fmt/format.h>

#include "config/config.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

template <class T>
void add_thread_count(VerbOptions& options, T& threads, const char* otherwise) {
  options.add({.names = "--threads",
               .description = "Threads to compute with",
               .value = "N",
               .default_text = otherwise,
               .least = 1,
               .most = kMostThreads},
              threads);
}

std::uint64_t read_memory(const std::string& text) {
  const auto bytes = parse_bytes(text).value_or(0);
  if (bytes == 0) throw Error(Exit::usage, fmt::format("--mem {} is not a size", text), "", "write it like 4GiB");
  return bytes;
}

}  // namespace

void add_threads(VerbOptions& options, std::optional<int>& threads, const char* otherwise) {
  add_thread_count(options, threads, otherwise);
}

void add_threads(VerbOptions& options, int& threads, const char* otherwise) {
  add_thread_count(options, threads, otherwise);
}

void add_memory(VerbOptions& options, std::optional<std::uint64_t>& memory) {
  options.read({.names = "--mem",
                .description = "Memory budget, like 4GiB",
                .value = "SIZE",
                .default_text = "as the config says"},
               [&memory](const std::string& text) { memory = read_memory(text); });
}

void add_run_folder(VerbOptions& options, std::filesystem::path& run) {
  options.add({.names = "run", .description = "Run folder", .required = true}, run);
}

void add_request_options(VerbOptions& options, RunRequest& request) {
  options.add({.names = "config", .description = "YAML (docs/config.md)", .required = true}, request.config);
  options.add({.names = "--set", .description = "Override the config, like order.shares=1000", .value = "KEY=VALUE"},
              request.sets);
  options.read(
      {.names = "--engine",
       .description = "How to compute",
       .value = "ENGINE",
       .default_text = "collapse",
       .choices = {"collapse", "brute"}},
      [&request](const std::string& text) { request.engine = text == "brute" ? Engine::brute : Engine::collapse; });
  add_threads(options, request.threads, "as the config says");
  add_memory(options, request.memory);
}

}  // namespace sorsweep
