/// \file
/// A run's folder: whose it is, its units, its tables (docs/runs.md).
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
  RecordedIdentity identity;  ///< read from manifest.identity
};

/// \throws Error (input) when there is no run in `folder`, (integrity) when its manifest is damaged.
RunRecord read_run(const std::filesystem::path& folder);

/// The same, or nothing where there is no run yet.
std::optional<RunRecord> find_run(const std::filesystem::path& folder);

class RunFolder {
 public:
  /// Makes the folder with its resolved config and first manifest, or takes the one that is there if it holds the same
  /// run. Several processes may do so at once.
  /// \param resolved written by the process that comes first
  /// \throws Error (usage) naming the line that differs, (resources) when it cannot be made
  RunFolder(std::filesystem::path path, const std::string& resolved, const Manifest& manifest);

  /// A run that is there. \param id its own
  RunFolder(std::filesystem::path path, std::string id) : path_(std::move(path)), id_(std::move(id)) {}

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path units() const { return path_ / "units"; }

  /// The unit's result, where it is published. \param points that its surface has
  /// \throws Error (integrity) when it is damaged or foreign.
  std::optional<UnitResult> read_unit(const UnitName& unit, std::size_t points, bool is_sliced) const;

  /// Whether the unit is published; every byte of it is checked. \throws Error (integrity) as read_unit
  bool has_unit(const UnitName& unit) const;

  /// Publishes it. Another process may have done so before: then nothing changes, as it has the same bytes.
  void write_unit(const UnitName& name, const UnitResult& unit, const Config& config) const;

  void write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
  std::string id_;
};

/// Of its units and results.h5.
std::uint64_t bytes_of_results(const RunFolder& folder);

}  // namespace sorsweep
