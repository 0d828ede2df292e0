/// \file
/// A registered router at work: what it is shown, and what is accepted of it.
#pragma once

#include <span>

#include "sorsweep/router/router.hpp"

namespace sorsweep {

/// \param slice decided by the model (is_by_model)
/// \throws Error (internal), with the router's name, for what it throws and for a placement that is none
Placement decide_by(const RouterInfo& router, const SliceCase& slice, std::span<const double> point);

}  // namespace sorsweep
