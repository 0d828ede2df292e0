# Where CMAKE_UNITY_BUILD is on (presets asan, tsan, coverage), many sources are compiled as one. Anonymous
# namespaces are then shared; sources that use a name of another source for themselves are compiled alone, as are
# those with members of a type from there (a warning).
set(SORSWEEP_UNITY_APART
  src/report/report_document.cpp src/report/run_log.cpp src/report/slice_tables.cpp
  src/router/notebook_lanes.cpp
  src/store/dbn_metadata.cpp src/store/dbn_source.cpp
  src/sweep/brute_force.cpp src/sweep/collapse_prune.cpp src/sweep/collapse_slab.cpp src/sweep/decision_audit.cpp
  src/sweep/event_backtest.cpp src/sweep/point_sums.cpp src/sweep/region_cells.cpp
  src/app/results_file.cpp src/app/run_events.cpp src/app/signals.cpp)
set(CMAKE_UNITY_BUILD_BATCH_SIZE 10)
set_source_files_properties(${SORSWEEP_UNITY_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
