/// \file
/// Options that several verbs share: they mean the same everywhere.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "run/run_request.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {

inline constexpr int kMostShards = 1'000'000;

/// --threads. \param otherwise what applies without it, as --help shows it
void add_threads(VerbOptions& options, std::optional<int>& threads, const char* otherwise);
void add_threads(VerbOptions& options, int& threads, const char* otherwise);

/// --mem, in bytes
void add_memory(VerbOptions& options, std::optional<std::uint64_t>& memory);

/// The run's folder as a positional argument.
void add_run_folder(VerbOptions& options, std::filesystem::path& run);

/// What decides a sweep, and what it may use: for `sweep` and `plan`.
void add_request_options(VerbOptions& options, RunRequest& request);

}  // namespace sorsweep
