/// \file
/// Rows that were refused: counted all, kept up to the limit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sorsweep/core/files.hpp"
#include "sorsweep/store/quote_csv.hpp"

namespace sorsweep {

class RejectList {
 public:
  explicit RejectList(std::uint64_t limit) : limit_(limit) {}

  void add(Reject reject);

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
