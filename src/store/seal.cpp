#include "store/seal.hpp"

#include <fmt/format.h>

#include <span>

#include "core/error.hpp"
#include "core/files.hpp"
#include "core/hash.hpp"
#include "core/machine.hpp"
#include "core/text.hpp"
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

/// Returns the hash that a block names, or an empty text if any byte of the block is wrong.
std::string hash_of(std::string_view block) {
  if (block.size() < kSealBytes || !block.starts_with(kIntro)) return "";
  const std::string hash(block.substr(kIntro.size(), kHashDigits));
  return block.substr(0, kSealBytes) == block_of(hash) ? hash : "";
}

}  // namespace

void refuse_damaged(const fs::path& path, std::string_view what) {
  throw Error(Exit::integrity, fmt::format("{} is damaged", path.string()), what,
              "convert the day again with --force, or delete the unit and sweep again");
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

std::string read_sealed(const fs::path& path, std::string& seal) {
  // This refuses other files before memory is taken for them.
  if (const auto head = read_head(path, kSealBytes); head.size() == kSealBytes && hash_of(head).empty())
    refuse_damaged(path, "it has no seal, or a broken one");
  std::error_code ec;
  if (const auto size = fs::file_size(path, ec); !ec && size > machine_memory())
    throw Error(Exit::resources, fmt::format("{} is larger than this machine's memory", path.string()),
                fmt::format("it has {}", format_bytes(size)), "use a machine with more memory");
  auto image = read_file(path, Exit::integrity);
  seal = check_sealed(path, image);
  return image;
}

std::string check_seal(const fs::path& path) {
  std::string block;
  Hasher hasher;
  read_parts(path, Exit::integrity, [&](std::string_view part) {
    const auto of_block = part.substr(0, kSealBytes - block.size());
    block += of_block;
    if (block.size() == kSealBytes && hash_of(block).empty()) refuse_damaged(path, "it has no seal, or a broken one");
    part.remove_prefix(of_block.size());
    hasher.add(std::as_bytes(std::span(part)));
  });
  auto seal = hash_of(block);
  if (seal.empty()) refuse_damaged(path, "it has no seal, or a broken one");
  if (hasher.hex() != seal) refuse_damaged(path, "its bytes do not match its seal");
  return seal;
}

std::string peek_seal(const fs::path& path) {
  return hash_of(read_head(path, kSealBytes));
}

}  // namespace sorsweep
