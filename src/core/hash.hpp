/// \file
/// XXH3-128: of files, of surfaces, of configurations. For integrity, not against an adversary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sorsweep {

/// An XXH3-128 as it is.
struct Digest {
  std::uint64_t high = 0, low = 0;
  bool operator==(const Digest&) const = default;
};

/// A running XXH3-128. Add bytes in any pieces; the digest depends on their concatenation only.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  Hasher& add(std::span<const std::byte> bytes);

  /// Text and then a zero byte, so that ("ab", "c") and ("a", "bc") differ.
  Hasher& add_text(std::string_view text);

  /// A column of numbers, as their bytes (little endian on every machine we run on).
  template <class T>
  Hasher& add_column(std::span<const T> column) {
    return add(std::as_bytes(column));
  }

  Digest digest() const;

  /// 32 lower-case hexadecimal digits.
  std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Of these bytes alone, as `Hasher::hex` has it.
std::string hash_hex(std::span<const std::byte> bytes);
inline std::string hash_hex(std::string_view text) {
  return hash_hex(std::as_bytes(std::span(text)));
}

/// Of the library at run time.
std::string xxhash_version();

}  // namespace sorsweep
