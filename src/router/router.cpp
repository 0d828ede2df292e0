#include "sorsweep/router/router.hpp"

#include <algorithm>

namespace sorsweep {

std::span<const RouterInfo> routers() {
  static const std::array<RouterInfo, 3> all = {
      {{"notebook", false, false}, {"static_split", false, true}, {"cont_kukanov", true, true}}};
  return all;
}

const RouterInfo* find_router(std::string_view name) {
  const auto found = std::ranges::find(routers(), name, &RouterInfo::name);
  return found == routers().end() ? nullptr : &*found;
}

}  // namespace sorsweep
