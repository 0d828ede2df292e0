/// \file
/// Rows that were refused: counted all, kept up to the limit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/files.hpp"
#include "feed/row_block.hpp"

namespace sorsweep {

class RejectList {
 public:
  explicit RejectList(std::uint64_t limit) : limit_(limit) {}

  /// How many of a block's rejects are of use at most.
  std::size_t most_kept() const;

  /// A block's rejects, in the order of the input. \param lines, bytes of the source before the block
  void add(RowBlock& block, std::uint64_t lines, std::uint64_t bytes);

  /// \throws Error (input) that shows the first few, when there are more than the limit.
  void refuse_if_too_many() const;

  /// STORE/rejects.csv: of the last conversion. Not made where there is nothing to list.
  void stage(Publication& publication, const std::filesystem::path& store) const;

  const std::map<std::string, std::uint64_t>& by_kind() const { return by_kind_; }

 private:
  std::uint64_t limit_;
  std::uint64_t count_ = 0;
  std::vector<Reject> kept_;
  std::map<std::string, std::uint64_t> by_kind_;
};

}  // namespace sorsweep
