/// \file
/// The seal of a file: the first 512 bytes, which HDF5 readers skip, name the XXH3-128 of everything behind them. One
/// flipped bit anywhere breaks it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace sorsweep {

inline constexpr std::size_t kSealBytes = 512;

/// The block that seals a file. \param image of the whole file; what its first kSealBytes are does not matter
std::string seal_block(std::string_view image);

/// \return the hash that the seal names. \throws Error (integrity) when the bytes do not match it
std::string check_sealed(const std::filesystem::path& path, std::string_view image);

/// A sealed file, whole and checked. \param seal takes its hash
/// \throws Error (integrity); (resources) for one that is larger than the machine's memory
std::string read_sealed(const std::filesystem::path& path, std::string& seal);

[[noreturn]] void refuse_damaged(const std::filesystem::path& path, std::string_view what);

}  // namespace sorsweep
