/// \file
/// The seal of a file. Its first 512 bytes, which HDF5 readers skip, name the XXH3-128 of everything behind them. One
/// flipped bit anywhere breaks the seal.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace sorsweep {

inline constexpr std::size_t kSealBytes = 512;

/// Returns the block that seals a file.
/// \param image the whole file; its first kSealBytes do not matter
std::string seal_block(std::string_view image);

/// Checks a file in memory against its seal. \param path for the message
/// \return the hash that the seal names. \throws Error (integrity) if the bytes do not match it
std::string check_sealed(const std::filesystem::path& path, std::string_view image);

/// Reads a whole sealed file and checks it. \param seal receives its hash
/// \throws Error (integrity) if it is damaged; (resources) if it is larger than the machine's memory
std::string read_sealed(const std::filesystem::path& path, std::string& seal);

/// Refuses a damaged file. \param what is wrong with it. \throws Error (integrity)
[[noreturn]] void refuse_damaged(const std::filesystem::path& path, std::string_view what);

}  // namespace sorsweep
