/// \file
/// What a run was asked for, whoever asks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sorsweep/sweep/backtest.hpp"

namespace sorsweep {

/// Which part of a run a process computes.
struct Shard {
  std::size_t index = 0;  ///< below count
  std::size_t count = 1;
};

struct RunRequest {
  std::filesystem::path config;
  std::vector<std::string> sets;  ///< key=value over the YAML
  std::filesystem::path run;      ///< the run's folder; empty: <run.out>/<id>
  Engine engine = Engine::collapse;
  std::optional<int> threads;           ///< overrides the config's
  std::optional<std::uint64_t> memory;  ///< bytes; overrides the config's
  std::optional<Shard> shard;           ///< only this part, and no results
  bool only_finished = false;           ///< no unit is computed: all must be there
};

}  // namespace sorsweep
