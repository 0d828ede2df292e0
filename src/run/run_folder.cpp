// tested by: tests/python/hostile/name_attacks.py (another)
#include "run/run_folder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/files.hpp"
#include "core/publication.hpp"
#include "core/temporaries.hpp"
#include "run/run_plan.hpp"
#include "run/unit_file.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr const char* kManifest = "manifest.json";
constexpr const char* kConfig = "config.resolved.yaml";
constexpr std::uint64_t kMostManifestBytes = 256 << 20;  ///< Enough for a few million days.

/// Refuses a link, which could lead anywhere: what a run writes stays in its folder.
void refuse_link(const fs::path& path) {
  if (fs::is_symlink(fs::symlink_status(path)))
    throw Error(Exit::resources, fmt::format("{} is a link", path.string()), "a run writes into its own folder only",
                "put a folder there, or choose another run folder with -o");
}

/// Returns the first line in which two runs differ, as "there X, here Y".
std::string first_difference(const std::vector<std::string>& there, const std::vector<std::string>& here) {
  const auto line = [](const std::vector<std::string>& lines, std::size_t i) {
    return i < lines.size() ? fmt::format("«{}»", lines[i]) : std::string("nothing");
  };
  std::size_t i = 0;
  while (i < there.size() && i < here.size() && there[i] == here[i]) ++i;
  return fmt::format("there {}, here {}", line(there, i), line(here, i));
}

}  // namespace

std::optional<RunRecord> find_run(const fs::path& folder) {
  const auto path = folder / kManifest;
  if (!is_there(path)) return std::nullopt;
  auto manifest = read_manifest(path.string(), read_file(path, Exit::input, kMostManifestBytes));
  auto identity = read_identity(manifest.identity);
  return RunRecord{std::move(manifest), std::move(identity)};
}

RunRecord read_run(const fs::path& folder) {
  auto record = find_run(folder);
  if (!record)
    throw Error(Exit::input, fmt::format("{} is no run", folder.string()), fmt::format("it has no {}", kManifest));
  return std::move(*record);
}

void begin_run(const fs::path& folder, const std::string& resolved, const Manifest& manifest) {
  refuse_link(folder / "units");
  refuse_link(folder / "logs");
  make_folder(folder / "units");
  const auto config = folder / kConfig, first = folder / kManifest;
  std::error_code none;
  if (fs::exists(fs::symlink_status(first, none))) return;  // also for a link that leads nowhere
  // The config comes first: where there is a manifest, there is a config.
  if (!is_there(config)) publish_text_if_absent(config, resolved);
  publish_text_if_absent(first, manifest_json(manifest));
}

RunFolder::RunFolder(fs::path path, const std::string& resolved, const Manifest& manifest)
    : path_(std::move(path)), id_(manifest.run_id) {
  if (!is_there(path_))
    throw Error(Exit::resources, fmt::format("{} cannot be written", path_.string()), "it was made, and is gone again",
                "sweep again");
  if (const auto there = read_run(path_).manifest; there.identity != manifest.identity)
    throw Error(Exit::usage, fmt::format("{} holds another run", path_.string()),
                first_difference(there.identity, manifest.identity),
                "choose another folder with -o, or delete this one");
  clean_temporaries(path_);
  clean_temporaries(units());
  // The config may be that of another run which began here at the same time, or may have lost its content.
  const auto config = path_ / kConfig;
  if (!is_config_of({manifest, read_identity(manifest.identity)}, config)) publish_text(config, resolved);
}

std::optional<UnitResult> RunFolder::read_unit(const UnitName& unit, std::size_t points, bool is_sliced) const {
  const auto path = units() / unit.file();
  if (!is_there(path)) return std::nullopt;
  return read_unit_file(path, id_, unit, points, is_sliced);
}

bool RunFolder::has_unit(const UnitName& unit) const {
  const auto path = units() / unit.file();
  if (!is_there(path)) return false;
  check_unit_file(path, id_, unit);
  return true;
}

void RunFolder::write_unit(const UnitName& name, const UnitResult& unit, const Config& config) const {
  write_unit_file(units() / name.file(), id_, name, unit, is_sliced(config), config.run.metrics);
}

void RunFolder::write(const std::string& name, const std::string& text) const {
  publish_text(path_ / name, text);
}

std::uint64_t bytes_of_results(const RunFolder& folder) {
  std::uint64_t bytes = 0;
  for (const auto& where : {folder.path(), folder.units()}) {
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(where, ec))
      if (entry.path().extension() == ".h5") bytes += entry.file_size(ec);
  }
  return bytes;
}

}  // namespace sorsweep
