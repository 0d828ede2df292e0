#include "core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <vector>

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

/// A block that records its number when its turn comes.
class Numbered : public BlockJob {
 public:
  Numbered(int number, std::vector<int>& order) : number_(number), order_(order) {}
  void before() override { is_ready_ = true; }
  void in_order() override {
    if (is_ready_) order_.push_back(number_);
  }
  void after() override {
    if (number_ == -1) throw std::runtime_error("the last step failed");
  }

 private:
  int number_;
  bool is_ready_ = false;
  std::vector<int>& order_;
};

}  // namespace

TEST_CASE("a parallel loop visits every item once", "[core][parallel]") {
  for (const int threads : {1, 4}) {
    for (const std::size_t count : {0, 1, 1000}) {
      std::vector<std::atomic<int>> visits(count);
      in_arena(threads, [&] {
        parallel_ranges(count, 7, [&](std::size_t first, std::size_t last) {
          for (auto i = first; i < last; ++i) ++visits[i];
        });
      });
      CHECK(std::all_of(visits.begin(), visits.end(), [](const auto& each) { return each == 1; }));
    }
  }
}

TEST_CASE("parts run once each, and their exceptions arrive", "[core][parallel]") {
  std::vector<std::atomic<int>> visits(20);
  run_parts(3, visits.size(), [&](std::size_t part) { ++visits[part]; });
  CHECK(std::all_of(visits.begin(), visits.end(), [](const auto& each) { return each == 1; }));
  CHECK_THROWS_WITH(run_parts(3, 20,
                              [](std::size_t part) {
                                if (part == 11) throw std::runtime_error("part 11 failed");
                              }),
                    "part 11 failed");
}

TEST_CASE("blocks pass in the order in which they were made", "[core][parallel]") {
  for (const int threads : {1, 4}) {
    std::vector<int> order;
    int made = 0;
    run_blocks(threads, [&]() -> std::unique_ptr<BlockJob> {
      if (made == 100) return nullptr;
      return std::make_unique<Numbered>(made++, order);
    });
    REQUIRE(order.size() == 100);
    CHECK(std::is_sorted(order.begin(), order.end()));
  }
}

TEST_CASE("an exception from a block arrives", "[core][parallel]") {
  std::vector<int> order;
  int made = 0;
  const auto next = [&]() -> std::unique_ptr<BlockJob> {
    if (made++ == 1) return nullptr;
    return std::make_unique<Numbered>(-1, order);
  };
  CHECK_THROWS_WITH(run_blocks(2, next), "the last step failed");
}
