/// \file
/// What this program is: --version.
#pragma once

#include <string>

namespace sorsweep {

/// A first line for scripts, `sorsweep 0.1.0 (…)`, then libraries as they are at run time, schemas and the CPU.
std::string version_text();

/// The same as one object (docs/json.md).
std::string version_json();

}  // namespace sorsweep
