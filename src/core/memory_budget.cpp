#include "core/memory_budget.hpp"

#include <fmt/format.h>

#include <atomic>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

std::atomic<std::uint64_t> limit = std::numeric_limits<std::uint64_t>::max();
std::atomic<std::uint64_t> taken = 0;

/// Takes bytes if the limit allows it. \return whether it did
bool take(std::uint64_t bytes) {
  auto before = taken.load();
  do {
    if (before > limit || bytes > limit - before) return false;
  } while (!taken.compare_exchange_weak(before, before + bytes));
  return true;
}

}  // namespace

void limit_memory(std::uint64_t bytes) {
  limit = bytes;
}

MemoryShare::MemoryShare(MemoryShare&& other) noexcept
    : owner_(other.owner_), advice_(other.advice_), bytes_(std::exchange(other.bytes_, 0)) {}

MemoryShare& MemoryShare::operator=(MemoryShare&& other) noexcept {
  give_back();
  owner_ = other.owner_;
  advice_ = other.advice_;
  bytes_ = std::exchange(other.bytes_, 0);
  return *this;
}

void MemoryShare::grow(std::uint64_t bytes) {
  if (!take(bytes))
    throw Error(Exit::resources, fmt::format("{} need {} of memory", owner_, format_bytes(bytes_ + bytes)),
                fmt::format("the budget is {}, and other things take {} of it", format_bytes(limit),
                            format_bytes(taken - bytes_)),
                advice_);
  bytes_ += bytes;
}

void MemoryShare::give_back() noexcept {
  taken -= bytes_;
}

}  // namespace sorsweep
