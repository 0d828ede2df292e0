/// \file
/// Options that several verbs share. A text that makes no sense is refused once the whole command line was parsed, as a
/// usage error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "run/run_request.hpp"
#include "sorsweep/app/verb.hpp"

namespace sorsweep {

inline constexpr int kMostShards = 1'000'000;

/// Adds --threads. \param otherwise what --help shows as the default
void add_threads(VerbOptions& options, std::optional<int>& threads, const char* otherwise);
void add_threads(VerbOptions& options, int& threads, const char* otherwise);

/// Adds --mem, which is read into bytes.
void add_memory(VerbOptions& options, std::optional<std::uint64_t>& memory);

/// Adds the run's folder as a positional argument.
void add_run_folder(VerbOptions& options, std::filesystem::path& run);

/// Adds what decides a sweep and what it may use, for `sweep` and `plan`.
void add_request_options(VerbOptions& options, RunRequest& request);

}  // namespace sorsweep
