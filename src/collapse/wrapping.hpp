/// \file
/// Arithmetic in two's complement: terms may wrap, and sums that fit an int64 are exact all the same.
#pragma once

#include <cstdint>

namespace sorsweep {

inline std::uint64_t wrapping(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}
inline std::int64_t times(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(wrapping(a) * wrapping(b));
}
inline std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(wrapping(a) + wrapping(b));
}
inline std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(wrapping(a) - wrapping(b));
}

}  // namespace sorsweep
