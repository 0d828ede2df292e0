/// \file
/// The whole program as one call: for a `main` of your own, which brings routers of its own (router/router.hpp).
#pragma once

namespace sorsweep {

/// Does what the command line says, with every verb of sorsweep. Errors are written to standard error.
/// \return the exit code (docs/exit-codes.md). To be called once, from `main`.
int run_program(int argc, char** argv);

}  // namespace sorsweep
