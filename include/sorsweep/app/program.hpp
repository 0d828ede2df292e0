/// \file
/// The whole program as one call, for a `main` of your own that registers routers (router/router.hpp), metrics
/// (sweep/metric.hpp), input formats (feed/line_format.hpp) or verbs (app/verb.hpp).
#pragma once

namespace sorsweep {

/// Does what the command line says, with every verb of sorsweep. Errors are written to standard error. It must be
/// called once, from `main`.
/// \return the exit code (docs/exit-codes.md)
int run_program(int argc, char** argv);

}  // namespace sorsweep
