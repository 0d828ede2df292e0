#include "store/seal.hpp"

#include <fmt/format.h>

#include <fstream>

#include "sorsweep/core/error.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/hash.hpp"
#include "sorsweep/store/day_file.hpp"

namespace sorsweep {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kHashDigits = 32;
constexpr std::string_view kIntro = "sorsweep: XXH3-128 of the bytes from 512 on: ";

std::string block_of(std::string_view hash) {
  std::string block = fmt::format("{}{}\n", kIntro, hash);
  block.resize(kSealBytes, '\0');
  return block;
}

/// The hash that a block names, or nothing where a single byte of it is not as it must be.
std::string hash_of(std::string_view block) {
  if (block.size() < kSealBytes || !block.starts_with(kIntro)) return "";
  const std::string hash(block.substr(kIntro.size(), kHashDigits));
  return block.substr(0, kSealBytes) == block_of(hash) ? hash : "";
}

}  // namespace

void refuse_damaged(const fs::path& path, std::string_view what) {
  throw Error(Exit::integrity, fmt::format("{} is damaged", path.string()), what,
              "make it again: convert with --force, or delete the unit and sweep again");
}

std::string seal_block(std::string_view image) {
  return block_of(hash_hex(image.substr(kSealBytes)));
}

std::string check_sealed(const fs::path& path, std::string_view image) {
  auto seal = hash_of(image);
  if (seal.empty()) refuse_damaged(path, "it has no seal, or a broken one");
  if (hash_hex(image.substr(kSealBytes)) != seal) refuse_damaged(path, "its bytes do not match its seal");
  return seal;
}

std::string check_seal(const fs::path& path) {
  return check_sealed(path, read_file(path, Exit::integrity));
}

std::string peek_seal(const fs::path& path) {
  std::string block(kSealBytes, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(block.data(), static_cast<std::streamsize>(block.size()));
  return file ? hash_of(block) : "";
}

}  // namespace sorsweep
