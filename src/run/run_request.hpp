/// \file
/// What a run was asked for, whoever asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// The part of a run that a process computes.
struct Shard {
  std::size_t index = 0;  ///< Less than count.
  std::size_t count = 1;
};

struct RunRequest {
  std::filesystem::path config;
  std::vector<std::string> sets;  ///< Assignments `key=value` that override the YAML.
  std::filesystem::path run;      ///< The run's folder; empty means <run.out>/<id>.
  Engine engine = Engine::collapse;
  std::optional<int> threads;           ///< Overrides the config.
  std::optional<std::uint64_t> memory;  ///< Bytes; overrides the config.
  std::optional<Shard> shard;           ///< Compute only this part, and no results.
  bool only_finished = false;           ///< Compute no unit: all of them must be there.
};

}  // namespace sorsweep
