// tested by: tests/python/command_line_test.py (libraries)
#include "app/version.hpp"

#include <fmt/format.h>

#include "app/cli.hpp"
#include "app/verb_json.hpp"
#include "core/build_info.hpp"
#include "core/hash.hpp"
#include "core/parallel.hpp"
#include "feed/inflate.hpp"
#include "run/results_file.hpp"
#include "run/unit_file.hpp"
#include "sorsweep/core/time.hpp"
#include "sorsweep/store/day_file.hpp"
#include "store/chunk_codec.hpp"
#include "store/h5.hpp"

namespace sorsweep {
namespace {

std::string fmt_version() {
  return fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100);
}

/// Returns "unknown" on a machine without time zones, so that the other versions can still be shown.
std::string zones_version() {
  try {
    return tzdata_version();
  } catch (const std::exception&) {
    return "unknown";
  }
}

std::string or_unknown(const std::string& version) {
  return version.empty() ? "unknown" : version;
}

ProgramFacts facts() {
  const auto& build = build_info();
  ProgramFacts facts;
  facts.libraries = {{"oneTBB", tbb_version()},        {"HDF5", h5::library_version()},
                     {"fmt", fmt_version()},           {"zlib", zlib_library_version()},
                     {"zstd", zstd_library_version()}, {"libdeflate", chunk::library_version()},
                     {"xxHash", xxhash_version()},     {"date", or_unknown(build.date_version)},
                     {"tzdata", zones_version()},      {"yaml-cpp", or_unknown(build.yaml_cpp_version)},
                     {"CLI11", cli11_version()},       {"nlohmann-json", nlohmann_json_version()}};
  facts.schemas = {{"store", kDaySchemaVersion}, {"unit", kUnitSchemaVersion}, {"results", kResultsSchemaVersion}};
  facts.meets_baseline = meets_baseline();
  return facts;
}

std::string baseline_of(const BuildInfo& build) {
  return build.baseline.empty() ? "native" : build.baseline;
}

}  // namespace

std::string version_text() {
  const auto& build = build_info();
  const auto known = facts();
  auto text = fmt::format("sorsweep {} ({}, {}, {}, {})\n", build.version, build.git_sha, build.compiler,
                          build.build_type, baseline_of(build));
  text += fmt::format("flags      {}\n", build.flags);
  text += fmt::format("results    version {}; schemas:", kResultsVersion);
  for (const auto& [name, version] : known.schemas) text += fmt::format(" {} {}", name, version);
  text += "\nlibraries ";
  std::size_t on_line = 0;
  for (const auto& [name, version] : known.libraries) {
    if (on_line++ == 4) {
      text += "\n          ";
      on_line = 1;
    }
    text += fmt::format(" {} {}", name, version);
  }
  text += "\nCPU       ";
  for (const auto& [name, has] : cpu_features()) text += fmt::format(" {}{}", has ? "" : "no-", name);
  return text + fmt::format("; {} {}\n", baseline_of(build), known.meets_baseline ? "is met" : "is not met");
}

std::string version_json() {
  return program_json(facts());
}

}  // namespace sorsweep
