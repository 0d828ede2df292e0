#include "store/array_layout.hpp"

#include "catch_compat.hpp"

namespace sorsweep::h5 {
namespace {

std::size_t value_at(const ArrayLayout& layout, const std::vector<std::size_t>& at) {
  std::size_t value = 0;
  for (std::size_t d = 0; d < at.size(); ++d) value = value * layout.shape()[d] + at[d];
  return value;
}

/// Checks that chunks follow each other without a gap, and begin where their position says.
void check_tiles(const std::vector<std::size_t>& shape) {
  const ArrayLayout layout(shape);
  std::size_t next = 0;
  for (std::size_t c = 0; c < layout.chunks(); ++c) {
    const auto origin = layout.origin(c);
    for (std::size_t d = 0; d < shape.size(); ++d) REQUIRE(origin[d] % layout.chunk_shape()[d] == 0);
    REQUIRE(value_at(layout, origin) == layout.first(c));
    REQUIRE(layout.first(c) == next);
    REQUIRE(layout.count(c) > 0);
    REQUIRE(layout.count(c) <= layout.values_per_chunk());
    next += layout.count(c);
  }
  CHECK(next == layout.size());
  CHECK(layout.values_per_chunk() <= ArrayLayout::kMostValuesOfChunk);
}

}  // namespace

TEST_CASE("chunks of an array tile it in product order", "[store][h5]") {
  check_tiles({1});
  check_tiles({1, 1, 1, 1});
  check_tiles({65536});
  check_tiles({65537});
  check_tiles({3, 65536, 1});
  check_tiles({3, 65537, 2});
  check_tiles({100, 100, 100});
  check_tiles({3, 2, 250, 300});
  check_tiles({2, 1, 3, 100'000});
  check_tiles({1, 300, 300, 1});
}

TEST_CASE("a small array is one chunk, a large one is cut evenly", "[store][h5]") {
  CHECK(ArrayLayout({32, 32, 32}).chunk_shape() == std::vector<std::size_t>{32, 32, 32});
  CHECK(ArrayLayout({400, 400, 400}).chunk_shape() == std::vector<std::size_t>{1, 134, 400});
}

}  // namespace sorsweep::h5
