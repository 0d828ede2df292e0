// Shows how near the hottest kernels come to what this machine can do: bench_limits [--json FILE] [--date TEXT]
// [--smoke]
//
// It measures the limits (copy, additions, multiply-adds, loads from caches) and then the kernels, each alone on one
// thread, and sets one beside the other. The bytes and operations of a unit of work are counted by hand in
// hot_kernels.cpp. The best of many runs counts, for limits and kernels alike. On a busy machine the figures mean
// little all the same.
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>
#include <thread>

#include "core/build_info.hpp"
#include "core/error.hpp"
#include "core/publication.hpp"
#include "limits/hot_kernels.hpp"

using namespace sorsweep;
using namespace sorsweep::bench;

namespace {

struct Options {
  std::string json, date;
  Effort effort;
};

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--smoke") {
      options.effort = {0, std::size_t{1} << 20};
      continue;
    }
    if ((name != "--json" && name != "--date") || i + 1 == argc)
      throw Error(Exit::usage, fmt::format("cannot use {}", name), "",
                  "bench_limits [--json FILE] [--date TEXT] [--smoke]");
    (name == "--json" ? options.json : options.date) = argv[++i];
  }
  return options;
}

const char* name_of(Bound bound) {
  return bound == Bound::memory ? "memory" : bound == Bound::integer ? "integer" : "fma";
}

std::string cpu_model() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name")) return line.substr(std::min(line.size(), line.find(':') + 2));
  return "unknown";
}

nlohmann::ordered_json machine(const std::string& date) {
  const auto& build = build_info();
  return {{"cpu", cpu_model()},
          {"cores", std::thread::hardware_concurrency()},
          {"compiler", build.compiler},
          {"flags", SORSWEEP_BENCH_FLAGS},
          {"build_type", build.build_type},
          {"git_sha", build.git_sha},
          {"date", date}};
}

nlohmann::ordered_json to_json(const Limits& limits) {
  return {{"copy_bytes_per_s", limits.copy_bytes_per_s},
          {"copy_bytes_per_s_2_threads", limits.copy_bytes_per_s_2_threads},
          {"l1_load_bytes_per_s", limits.l1_load_bytes_per_s},
          {"l2_load_bytes_per_s", limits.l2_load_bytes_per_s},
          {"int_ops_per_s", limits.int_ops_per_s},
          {"fma_flops_per_s", limits.fma_flops_per_s},
          {"mul_add_flops_per_s", limits.mul_add_flops_per_s}};
}

nlohmann::ordered_json to_json(const HotKernel& kernel, const Limits& limits) {
  return {{"name", kernel.name},
          {"unit", kernel.unit},
          {"rate_per_s", kernel.rate_per_s},
          {"bytes_per_unit", kernel.bytes_per_unit},
          {"ops_per_unit", kernel.ops_per_unit},
          {"bound", name_of(kernel.bound)},
          {"share_of_limit", kernel.share_of(limits)},
          {"note", kernel.note}};
}

void print(const Limits& limits, const std::vector<HotKernel>& kernels) {
  const auto figures = to_json(limits);
  for (const auto& [name, value] : figures.items()) fmt::print("{:28} {:8.2f} G/s\n", name, value.get<double>() / 1e9);
  for (const auto& k : kernels)
    fmt::print("{:20} {:8.3f} G {}/s: {:6.1f} GB/s, {:6.1f} G ops/s, {:.0f} % of the limit ({})\n", k.name,
               k.rate_per_s / 1e9, k.unit, k.rate_per_s * k.bytes_per_unit / 1e9, k.rate_per_s * k.ops_per_unit / 1e9,
               100 * k.share_of(limits), name_of(k.bound));
}

void run(const Options& options) {
  const auto limits = measure_limits(options.effort);
  const auto kernels = measure_hot_kernels(options.effort);
  print(limits, kernels);
  if (options.json.empty()) return;
  nlohmann::ordered_json document = {{"machine", machine(options.date)}, {"limits", to_json(limits)}};
  for (const auto& kernel : kernels) document["kernels"].push_back(to_json(kernel, limits));
  publish_text(options.json, document.dump(2) + "\n");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(parse(argc, argv));
  } catch (const Error& error) {
    fmt::print(stderr, "bench_limits: {}\n", error.what());
    return static_cast<int>(error.code());
  }
}
