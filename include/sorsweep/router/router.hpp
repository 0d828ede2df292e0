/// \file
/// The routers by name, and what a sweep has to know of each.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace sorsweep {

struct RouterInfo {
  std::string name;
  /// Whether λ_over, λ_under, θ_queue change any result. A dead axis is evaluated once by the collapse.
  std::array<bool, 3> axis_is_live;
  bool any_axis_live() const { return axis_is_live[0] || axis_is_live[1] || axis_is_live[2]; }
};

std::span<const RouterInfo> routers();

/// nullptr for a name that is none.
const RouterInfo* find_router(std::string_view name);

}  // namespace sorsweep
