/// \file
/// Finds the commas and the line ends of a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sorsweep {

/// The positions of commas and line ends. One index serves text after text, and keeps its memory.
class CsvIndex {
 public:
  /// Indexes a text.
  /// \param text   has 64 readable bytes behind it
  /// \param behind the number of entries UINT32_MAX that can be read behind the last comma
  void build(std::string_view text, std::size_t behind);

  std::span<const std::uint32_t> commas() const { return {commas_.data(), comma_count_}; }  ///< Ascending.
  std::span<const std::uint32_t> ends() const {
    return {ends_.data(), end_count_};
  }                                                ///< Line ends, ascending; the end of the text is one.
  bool has_quotes() const { return has_quotes_; }  ///< If so, commas may lie within cells.

 private:
  std::vector<std::uint32_t> commas_, ends_;
  std::size_t comma_count_ = 0, end_count_ = 0;
  bool has_quotes_ = false;
};

}  // namespace sorsweep
