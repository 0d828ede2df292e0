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
  /// Whether it works an order in slices, with fees and penalties; else it takes what snapshots offer, and no penalty
  /// enters.
  bool is_sliced;
  bool has_fees;
};

std::span<const RouterInfo> routers();

/// nullptr for a name that is none.
const RouterInfo* find_router(std::string_view name);

}  // namespace sorsweep
