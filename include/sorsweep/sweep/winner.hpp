/// \file
/// Which placement a slice's contenders come down to at one point.
#pragma once

#include <cstddef>

#include "sorsweep/sweep/unit.hpp"

namespace sorsweep {

/// The lowest index among the cheapest.
std::size_t winner(const Contenders& of, const cont_kukanov::Penalties& at);

}  // namespace sorsweep
