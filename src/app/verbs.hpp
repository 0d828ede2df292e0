/// \file
/// The verbs: each takes its part of the command line and returns the exit code.
#pragma once

#include "app/cli.hpp"
#include "app/log.hpp"
#include "core/error.hpp"

namespace sorsweep {

Exit run_synth(const SynthCommand& command, Log& log);
Exit run_convert(const ConvertCommand& command, Log& log);
Exit run_inspect(const InspectCommand& command, Log& log);
Exit run_verify(const VerifyCommand& command, Log& log);
Exit run_plan(const PlanCommand& command, Log& log);
Exit run_sweep(const SweepCommand& command, Log& log);
Exit run_replay(const ReplayCommand& command, Log& log);
Exit run_status(const StatusCommand& command, Log& log);
Exit run_report(const ReportCommand& command, Log& log);
Exit run_merge(const MergeCommand& command, Log& log);

}  // namespace sorsweep
