/// \file
/// The memory that this process may use, and how much of it large owners hold. What is known before a run is planned
/// (job/memory_plan.hpp); what only the data tell is taken from here.
#pragma once

#include <cstdint>

namespace sorsweep {

/// Sets how many bytes all owners may hold together. Without it there is no limit.
void limit_memory(std::uint64_t bytes);

/// What one owner holds. It is given back when the share is destroyed.
class MemoryShare {
 public:
  /// \param owner  what the memory is for, in the plural: "the placements that can win"
  /// \param advice how to need less of it. Both must outlive the share.
  MemoryShare(const char* owner, const char* advice) : owner_(owner), advice_(advice) {}
  ~MemoryShare() { give_back(); }
  MemoryShare(MemoryShare&& other) noexcept;
  MemoryShare& operator=(MemoryShare&& other) noexcept;

  /// Takes more, before it is allocated. Call it from one thread at a time.
  /// \throws Error (resources), with the owner's name, if the budget has not got it. Nothing is taken then.
  void grow(std::uint64_t bytes);

  std::uint64_t bytes() const { return bytes_; }

 private:
  void give_back() noexcept;

  const char* owner_;
  const char* advice_;
  std::uint64_t bytes_ = 0;
};

}  // namespace sorsweep
