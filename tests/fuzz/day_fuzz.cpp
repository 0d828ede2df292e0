// Fuzzes files of the store. The seal refuses what was changed. The decoder of chunks behind it must bear anything.
// HDF5 is not our code, and without a good seal it is never reached: with SORSWEEP_FUZZ_RESEAL set, inputs get a good
// seal, and then HDF5 1.10 is what is fuzzed.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "fuzz/fuzz_file.hpp"
#include "sorsweep/store/day_file.hpp"
#include "store/chunk_codec.hpp"

using namespace sorsweep;

namespace {

void read_any_day(std::string_view bytes) {
  const FuzzFile file(bytes);
  try {
    read_day(file.path());
    must(check_seal(file.path()).size() == 32);
  } catch (const Error& error) {
    must(error.code() == Exit::integrity);
  }
}

std::string sealed(std::string_view bytes) {
  constexpr std::size_t block = 512;
  if (bytes.size() < block) return std::string(bytes);
  std::string intro = "sorsweep: XXH3-128 of the bytes from 512 on: " + hash_hex(bytes.substr(block)) + "\n";
  intro.resize(block, '\0');
  return intro + std::string(bytes.substr(block));
}

/// Decodes a chunk. The first byte says how large and how many the values are, and the others are the chunk.
void decode_any_chunk(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto first = static_cast<unsigned char>(bytes[0]);
  const std::size_t element = first % 3 == 0 ? 1 : first % 3 == 1 ? 4 : 8;
  std::vector<std::byte> values(element * (first / 3U) * 7);
  chunk::decode(bytes.substr(1), element, values);
  // What was encoded is decoded as the same.
  const auto whole = std::as_bytes(std::span(bytes)).first(bytes.size() / element * element);
  for (const int level : {chunk::kRunsOnly, 1}) {
    values.assign(whole.size(), std::byte{});
    must(chunk::decode(chunk::encode(whole, element, level), element, values));
    must(std::equal(values.begin(), values.end(), whole.begin()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool reseal = std::getenv("SORSWEEP_FUZZ_RESEAL") != nullptr;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_any_day(reseal ? sealed(bytes) : std::string(bytes));
  decode_any_chunk(bytes);
  return 0;
}
