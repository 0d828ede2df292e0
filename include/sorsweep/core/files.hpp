/// \file
/// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "sorsweep/core/error.hpp"

namespace sorsweep {

/// The whole file. \throws Error (`refusal`) if it is not there, is a folder, or cannot be read.
std::string read_file(const std::filesystem::path& path, Exit refusal);

/// Makes the folder and its parents. \throws Error (resources) naming the part that cannot be made.
void make_folder(const std::filesystem::path& path);

/// Publishes `path`: calls `write(temporary)`, then fsync file, rename to `path`, fsync folder. If anything throws,
/// the temporary is removed and `path` is as it was.
void publish(const std::filesystem::path& path,
             const std::function<void(const std::filesystem::path& temporary)>& write);

void publish_text(const std::filesystem::path& path, std::string_view text);

/// Removes temporaries in `folder` left by processes of this host that are no more.
void sweep_temporaries(const std::filesystem::path& folder);

}  // namespace sorsweep
