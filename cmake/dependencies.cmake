# Finds every foreign library once. `sorsweep_dependencies` carries them to our own targets.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(TBB REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(HDF5 REQUIRED COMPONENTS C HL)  # HL: dimension scales
find_package(date REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_library(XXHASH_LIBRARY xxhash REQUIRED)
find_path(XXHASH_INCLUDE_DIR xxhash.h REQUIRED)
find_package(ZLIB REQUIRED)
find_library(ZSTD_LIBRARY zstd REQUIRED)
find_path(ZSTD_INCLUDE_DIR zstd.h REQUIRED)
find_library(DEFLATE_LIBRARY deflate REQUIRED)
find_path(DEFLATE_INCLUDE_DIR libdeflate.h REQUIRED)
find_package(benchmark QUIET)  # for bench_kernels only

# SYSTEM include directories keep our warnings out of other people's headers.
add_library(sorsweep_dependencies INTERFACE)
target_link_libraries(sorsweep_dependencies INTERFACE
  Threads::Threads TBB::tbb date::date-tz yaml-cpp CLI11::CLI11 nlohmann_json::nlohmann_json
  ${HDF5_C_HL_LIBRARIES} ${HDF5_C_LIBRARIES} ${XXHASH_LIBRARY} ZLIB::ZLIB ${ZSTD_LIBRARY} ${DEFLATE_LIBRARY})
target_include_directories(sorsweep_dependencies SYSTEM INTERFACE
  ${HDF5_C_INCLUDE_DIRS} ${XXHASH_INCLUDE_DIR} ${ZSTD_INCLUDE_DIR} ${DEFLATE_INCLUDE_DIR})
