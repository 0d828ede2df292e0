/// \file
/// Objects that are costly to make, lent to whichever thread needs one and kept for the next.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace sorsweep {

template <class T>
class ScratchPool {
 public:
  explicit ScratchPool(std::function<T()> make) : make_(std::move(make)) {}

  /// Holds one object, and returns it to the pool when it ends.
  class Lease {
   public:
    Lease(ScratchPool& pool, std::unique_ptr<T> held) : pool_(pool), held_(std::move(held)) {}
    ~Lease() {
      const std::lock_guard lock(pool_.mutex_);
      pool_.free_.push_back(std::move(held_));
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    T& operator*() const { return *held_; }
    T* operator->() const { return held_.get(); }

   private:
    ScratchPool& pool_;
    std::unique_ptr<T> held_;
  };

  /// Lends a free object, or makes a new one. Any number of threads may call this at once.
  Lease take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        auto held = std::move(free_.back());
        free_.pop_back();
        return Lease(*this, std::move(held));
      }
    }
    return Lease(*this, std::make_unique<T>(make_()));
  }

 private:
  std::function<T()> make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> free_;
};

}  // namespace sorsweep
