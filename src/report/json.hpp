/// \file
/// JSON values. Only the *_json.cpp files include this, so that no other file sees the library.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/findings.hpp"
#include "report/table.hpp"

namespace sorsweep {

using Json = nlohmann::ordered_json;

/// Returns indented text for files and terminals. Bytes that are not UTF-8, which paths may have, are replaced.
std::string pretty(const Json& json);

/// Rounds a number to `digits` significant digits. Whole numbers become integers; infinities and NaN become null.
Json rounded(double value, int digits);
Json rounded(const std::vector<double>& values, int digits);

/// The page's tables keep this many significant digits: parameters are compared, and have up to 10.
inline constexpr int kTableDigits = 10;

/// Returns `{columns, rows, rows_in_file}` for the page: the first rows, with doubles rounded and "" for empty cells.
Json table_json(const Table& table, std::size_t most_rows);

/// Returns an object for each row. Doubles read back to the same double, and empty cells are null.
Json rows_json(const Table& table);

/// Return best.json's `out_of_sample` and `data_quality`.
Json out_of_sample_json(const Findings& findings);
Json quality_json(const DataQuality& quality);

}  // namespace sorsweep
