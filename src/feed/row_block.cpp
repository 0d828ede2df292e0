// tested by: tests/feed/csv_test.cpp (RowBlock)
#include "feed/row_block.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sorsweep {

std::string place_of(const Reject& reject) {
  return fmt::format("{}:{}:{}", reject.file, reject.line, reject.column);
}

std::string shorten(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string shown;
  for (const char c : text.substr(0, most)) {
    const auto byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte >= 0x7f ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return text.size() <= most ? shown : shown + "…";
}

void RowBlock::reject(Reject reject) {
  ++rows_rejected;
  ++rejects_by_kind[reject.kind];
  if (rejects.size() < most_rejects_) rejects.push_back(std::move(reject));
}

void RowBlock::grow(Growing& growing) const {
  constexpr std::size_t least = 8;
  // The first group is probably the only one. Others start small, because there may be thousands of symbols.
  const auto expected = groups_.size() == 1 ? expected_ : 0;
  growing.room = std::max({least, expected, 2 * growing.size});
  for_each_column(growing.group.rows, [&](auto& column, const char*) { column.resize(growing.room); });
}

void RowBlock::move_to(TimeNs day_ns, std::string_view symbol) {
  auto known = by_symbol_.find(symbol);
  if (known == by_symbol_.end()) known = by_symbol_.emplace(symbol, std::vector<Growing*>()).first;
  for (auto* growing : known->second)
    if (growing->group.window.contains(day_ns)) {
      current_ = growing;
      return;
    }
  const auto date = zone_.date_of(day_ns);
  groups_.push_back(std::make_unique<Growing>());
  current_ = groups_.back().get();
  current_->group = {{std::string(symbol), date}, zone_.day_window(date), {}, 0};
  known->second.push_back(current_);
}

std::vector<RowGroup> RowBlock::take_groups() {
  std::vector<RowGroup> taken;
  for (auto& growing : groups_) {
    for_each_column(growing->group.rows, [&](auto& column, const char*) { column.resize(growing->size); });
    taken.push_back(std::move(growing->group));
  }
  groups_.clear();
  by_symbol_.clear();
  current_ = nullptr;
  return taken;
}

}  // namespace sorsweep
