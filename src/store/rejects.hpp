/// \file
/// The rows that a conversion refused. All are counted, and those up to the limit are kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/publication.hpp"
#include "feed/row_block.hpp"

namespace sorsweep {

class RejectList {
 public:
  /// \param limit the number of refused rows that are allowed
  explicit RejectList(std::uint64_t limit) : limit_(limit) {}

  /// Returns how many rejects are kept, which is the most that a block needs to keep.
  std::size_t most_kept() const;

  /// Adds a block's rejects. Blocks must come in the order of the input.
  /// \param lines of the source before the block
  /// \param bytes of the source before the block
  void add(RowBlock& block, std::uint64_t lines, std::uint64_t bytes);

  /// Ends the conversion if there are too many rejects. \throws Error (input) with the first few of them
  void refuse_if_too_many() const;

  /// Stages STORE/rejects.csv, which lists the rejects of the last conversion. It is not made if there is nothing to
  /// list.
  void stage(Publication& publication, const std::filesystem::path& store) const;

  const std::map<std::string, std::uint64_t>& by_kind() const { return by_kind_; }

 private:
  std::uint64_t limit_;
  std::uint64_t count_ = 0;
  std::vector<Reject> kept_;
  std::map<std::string, std::uint64_t> by_kind_;
};

}  // namespace sorsweep
