/// \file
/// Reading files. They are written by core/publication.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace sorsweep {

inline constexpr std::uint64_t kAnyLength = UINT64_MAX;

/// Returns the whole file. If `most` is given, a pipe or a device is read too, and its writer may pause for up to ten
/// seconds at a time.
/// \param most the greatest length allowed, in bytes
/// \throws Error with the code `refusal` if the file is missing, is a folder, is too long or cannot be read. A file
///         that cannot be read is not a damaged file: where `refusal` is integrity, missing rights and disk errors give
///         (input).
std::string read_file(const std::filesystem::path& path, Exit refusal, std::uint64_t most = kAnyLength);

using ReadPart = std::function<void(std::string_view part)>;

/// Reads a file of any length piece by piece, in order. Pipes and devices are refused. \throws Error as `read_file`
/// does
void read_parts(const std::filesystem::path& path, Exit refusal, const ReadPart& part);

/// Returns the first `size` bytes, fewer if the file is shorter, and none if it cannot be read.
std::string read_head(const std::filesystem::path& path, std::size_t size);

/// Returns the size of a regular file in bytes, and 0 if there is no such file.
std::uint64_t file_bytes(const std::filesystem::path& path);

/// Returns whether there is anything of that name. A loop of links, or one that leads nowhere, counts as nothing.
bool is_there(const std::filesystem::path& path);

/// Refuses to go on without a file that cannot be written. \param error of the system \throws Error (resources)
[[noreturn]] void refuse_write(const std::filesystem::path& path, int error);

}  // namespace sorsweep
