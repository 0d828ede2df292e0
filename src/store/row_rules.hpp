/// \file
/// What a row may hold, whichever format it came in.
#pragma once

#include <cstdint>
#include <string_view>

namespace sorsweep {

inline constexpr std::string_view kActions = "ACMRTFN";
inline constexpr std::string_view kSides = "ABN";
inline constexpr char kNoAction = 'M';  ///< where a feed has none: the row sets the book
inline constexpr char kNoSide = 'N';
inline constexpr std::uint64_t kEndOfTime = 7'258'118'400'000'000'000;  ///< 2200-01-01
inline constexpr const char* kTimeRule = "a time outside of the years 1970 to 2199";

}  // namespace sorsweep
