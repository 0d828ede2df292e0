/// \file
/// Where the commas and the line ends of a text are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sorsweep {

/// Made anew for every text, in the same memory.
class CsvIndex {
 public:
  /// \param text    with 64 readable bytes behind it
  /// \param behind  so many entries UINT32_MAX can be read behind the last comma
  void build(std::string_view text, std::size_t behind);

  std::span<const std::uint32_t> commas() const { return {commas_.data(), comma_count_}; }  ///< ascending
  std::span<const std::uint32_t> ends() const { return {ends_.data(), end_count_}; }  ///< of lines; the text's is one
  bool has_quotes() const { return has_quotes_; }  ///< then commas may lie within cells

 private:
  std::vector<std::uint32_t> commas_, ends_;
  std::size_t comma_count_ = 0, end_count_ = 0;
  bool has_quotes_ = false;
};

}  // namespace sorsweep
