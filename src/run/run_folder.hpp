/// \file
/// The folder of a run: its manifest, its units and its tables (docs/runs.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "run/identity.hpp"
#include "run/manifest.hpp"
#include "run/unit_plan.hpp"
#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// What the manifest of a run says.
struct RunRecord {
  Manifest manifest;
  RecordedIdentity identity;  ///< As read from manifest.identity.
};

/// Reads the manifest of a run. \throws Error (input) if there is no run in the folder, (integrity) if the manifest is
/// damaged
RunRecord read_run(const std::filesystem::path& folder);

/// Reads the manifest of a run, or returns nothing if there is no run yet. \throws Error (integrity) as read_run
std::optional<RunRecord> find_run(const std::filesystem::path& folder);

/// Makes the folder of a run with its resolved config and first manifest, unless a run has begun there. If several
/// processes do so at once, the manifest of the first one counts.
/// \param resolved is the config as YAML
/// \throws Error (resources) if the folder cannot be made
void begin_run(const std::filesystem::path& folder, const std::string& resolved, const Manifest& manifest);

class RunFolder {
 public:
  /// Takes the folder of a run that has begun.
  /// \param resolved takes the place of a config that is not the one of this run
  /// \throws Error (usage) with the line that differs if the folder holds another run, (resources) if it is gone
  RunFolder(std::filesystem::path path, const std::string& resolved, const Manifest& manifest);

  /// Refers to an existing folder. \param id is that of its run
  RunFolder(std::filesystem::path path, std::string id) : path_(std::move(path)), id_(std::move(id)) {}

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path units() const { return path_ / "units"; }

  /// Reads the result of a unit, or returns nothing if it is not published yet.
  /// \param points is the number of points of its surface
  /// \throws Error (integrity) if the file is damaged or belongs to another run
  std::optional<UnitResult> read_unit(const UnitName& unit, std::size_t points, bool is_sliced) const;

  /// Returns whether the unit is published, and checks every byte of it. \throws Error (integrity) as read_unit
  bool has_unit(const UnitName& unit) const;

  /// Publishes a unit. If another process has published it already, nothing changes: the bytes are the same.
  void write_unit(const UnitName& name, const UnitResult& unit, const Config& config) const;

  void write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
  std::string id_;
};

/// Returns the number of bytes of the units and of results.h5.
std::uint64_t bytes_of_results(const RunFolder& folder);

}  // namespace sorsweep
