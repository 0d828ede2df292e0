/// \file
/// Loops on the one thread pool.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace sorsweep {

/// Calls `body(first, last)` for parts of [0, count), of about `grain` each, from any thread of the arena at hand. An
/// exception of one part ends the loop and is thrown from here.
void parallel_ranges(std::size_t count, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body);

/// Calls `body` in an arena of this many threads: the loops in it use no more.
void in_arena(int threads, const std::function<void()>& body);

/// Of oneTBB at run time.
std::string tbb_version();

}  // namespace sorsweep
