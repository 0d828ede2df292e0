/// \file
/// A text format of one's own for `convert`: one row of quotes a line (docs/architecture.md; a whole program:
/// examples/input_format). Packing (.gz, .zst), days, symbols, rejects, order and the store are then as of any input.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "sorsweep/market/quotes.hpp"

namespace sorsweep {

/// What a line says. Times in ns since 1970 UTC, of 1970 to 2199; prices in nano-dollars a share, kUndefinedPx where a
/// side is absent; sizes in shares; action and side as Databento has them.
struct LineRow {
  QuoteRow quote;
  std::string symbol;  ///< empty: convert's --symbol names it
};

struct LineFormat {
  std::string name;  ///< in convert's accounting

  /// Whether a file is of this format, by its first 4,096 bytes (all of a shorter one). Formats are asked in the order
  /// of their registration, before the file is taken for CSV.
  std::function<bool(std::string_view head)> recognise;

  bool has_flags = false;  ///< whether rows say where their events end (kFlagLast): --require-last needs it

  std::size_t header_lines = 0;  ///< at the file's beginning, that are no rows

  /// Reads a line, which comes without its end and is not empty. `row` is as a new one is.
  /// \return why the line is refused; empty: it was read. Refused lines are rejects (docs/store.md).
  /// Called from several threads at once.
  std::function<std::string(std::string_view line, LineRow& row)> read;
};

/// Those that were registered. Elements stay where they are.
const std::deque<LineFormat>& line_formats();

/// To be called before `run_program`, not from several threads.
/// \throws Error (usage) for a name that is taken or not spelt as a name, and where a function lacks
void register_line_format(LineFormat format);

}  // namespace sorsweep
