/// \file
/// XXH3-128 hashes of files, surfaces and configurations. They guard against damage, not against an adversary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sorsweep {

/// An XXH3-128 as two numbers.
struct Digest {
  std::uint64_t high = 0, low = 0;
  bool operator==(const Digest&) const = default;
};

/// Computes an XXH3-128 step by step. Bytes may be added in any pieces: the digest depends on their concatenation only.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  Hasher& add(std::span<const std::byte> bytes);

  /// Adds the text and then a zero byte, so that ("ab", "c") and ("a", "bc") differ.
  Hasher& add_text(std::string_view text);

  /// Adds a column of numbers as their bytes, which are little-endian on every machine we run on.
  template <class T>
  Hasher& add_column(std::span<const T> column) {
    return add(std::as_bytes(column));
  }

  Digest digest() const;

  /// Returns the digest as 32 lower-case hexadecimal digits.
  std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Hashes these bytes alone. \return 32 hexadecimal digits, as `Hasher::hex` does
std::string hash_hex(std::span<const std::byte> bytes);
inline std::string hash_hex(std::string_view text) {
  return hash_hex(std::as_bytes(std::span(text)));
}

/// Returns the version of the library at run time.
std::string xxhash_version();

}  // namespace sorsweep
