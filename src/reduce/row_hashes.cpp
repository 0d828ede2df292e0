#include "reduce/row_hashes.hpp"

#include <algorithm>

namespace sorsweep {

void RowHashes::add(std::size_t day, std::span<const Digest> rows) {
  if (day == days_.size()) days_.push_back({Hasher(), rows.front()});
  auto& [hash, first] = days_[day];
  do_rows_differ_ |= std::ranges::any_of(rows, [&](const Digest& row) { return row != first; });
  hash.add_column(rows);
}

}  // namespace sorsweep
