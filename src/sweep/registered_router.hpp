/// \file
/// Calls registered routers and checks what they return.
#pragma once

#include <span>

#include "sorsweep/router/router.hpp"

namespace sorsweep {

/// Lets a registered router decide a slice. \param slice must be one that the model decides (is_by_model)
/// \throws Error (internal), with the router's name, if it throws or returns an invalid placement
Placement decide_by(const RouterInfo& router, const SliceCase& slice, std::span<const double> point);

}  // namespace sorsweep
