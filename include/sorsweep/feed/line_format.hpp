/// \file
/// Lets a program register a text format of its own for `convert`, with one row of quotes per line
/// (docs/architecture.md; examples/input_format is a whole program). Packing (.gz, .zst), days, symbols, rejects, order
/// and the store work as with any other input.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// What a line says. Times are in ns since 1970 (UTC), in the years 1970 to 2199. Prices are in nano-dollars per share,
/// from 0 to $100,000,000, and kUndefinedPx if a side is absent. Sizes are in shares. Action and side are letters as
/// Databento defines them. A row that breaks these rules becomes a reject.
struct LineRow {
  QuoteRow quote;
  std::string symbol;  ///< If empty, convert's --symbol names it.
};

/// A text format.
struct LineFormat {
  std::string name;  ///< Lower-case letters, digits and _; shown in convert's accounting.

  /// Returns whether a file is of this format, given its first 4,096 bytes (or all of a shorter file). Formats are
  /// asked in the order of their registration, before the file is taken for CSV.
  std::function<bool(std::string_view head)> recognise;

  bool has_flags = false;  ///< Rows say where their events end (kFlagLast), which --require-last needs.

  std::size_t header_lines = 0;  ///< Lines at the beginning of the file that are not rows.

  /// Reads a line, which is not empty and comes without its line end, into a new row. It is called by several threads
  /// at once. \return an empty text, or why the line is refused: then it becomes a reject (docs/store.md)
  std::function<std::string(std::string_view line, LineRow& row)> read;
};

/// Returns the registered formats. References to its elements stay valid.
const std::deque<LineFormat>& line_formats();

/// Registers a format. Call this before `run_program`, and from one thread only.
/// \throws Error (usage) if the name is taken or is not a name (see LineFormat::name), or if a function is missing
void register_line_format(LineFormat format);

}  // namespace sorsweep
