/// \file
/// The program is built for a stated CPU baseline: say so on an older one, instead of dying of an illegal instruction.
#pragma once

namespace sorsweep {

/// \throws Error (resources) on a CPU that lacks what this build uses.
void check_cpu();

}  // namespace sorsweep
