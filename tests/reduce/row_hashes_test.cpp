#include "reduce/row_hashes.hpp"

#include <vector>

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

const std::vector<Digest> kRows = {{1, 2}, {3, 4}, {5, 6}, {7, 8}};

/// The hash over all rows of a day at once.
Digest whole(std::span<const Digest> rows) {
  return Hasher().add_column(rows).digest();
}

}  // namespace

TEST_CASE("a day's hash does not depend on the parts that its rows come in", "[reduce][row_hashes]") {
  const std::span<const Digest> rows = kRows;
  RowHashes hashes;
  hashes.add(0, rows.first(1));
  hashes.add(0, rows.subspan(1, 2));
  hashes.add(0, rows.last(1));
  hashes.add(1, rows.first(3));
  CHECK(hashes.digest(0) == whole(rows));
  CHECK(hashes.digest(1) == whole(rows.first(3)));
}

TEST_CASE("rows differ if any row of any day differs from the day's first", "[reduce][row_hashes]") {
  const std::vector<Digest> equal(3, Digest{1, 2});
  const std::vector<Digest> other(3, Digest{3, 4});
  RowHashes hashes;
  hashes.add(0, equal);
  hashes.add(1, other);  // days may differ from each other
  hashes.add(1, std::span(other).first(2));
  CHECK_FALSE(hashes.do_rows_differ());
  hashes.add(1, equal);
  CHECK(hashes.do_rows_differ());
}
