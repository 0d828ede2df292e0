/// \file
/// The sections of a config: each has a reader of its own. All of them throw Error (usage) with file:line:column.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "config/config_section.hpp"

namespace sorsweep {

inline constexpr std::array<std::string_view, 3> kKeepSurfacesNames = {"total", "none", "per_day"};

inline bool is_word(const YamlNode& node, std::string_view word) {
  return node.kind == YamlNode::Kind::scalar && node.scalar == word;
}

/// Reads a whole config at one structural point.
Config read_point(const YamlNode& root);

/// Reads one config per structural point, in product order with the last key fastest.
std::vector<Config> read_structural_points(const YamlNode& root);

/// Returns what the structural keys decide, as text. Two spellings of one value give the same text.
std::string order_and_model_text(const Config& config);

/// Returns the text as a YAML scalar in double quotes.
std::string quoted(const std::string& text);

std::vector<std::string> read_symbols(const YamlNode& node);
DaySelection read_days(const YamlNode& node);
DaysBySymbol read_pinned_days(const YamlNode& node);

/// Reads the section `order`. What slices need of it goes to `config.slices.order`.
void read_order(const YamlNode& node, Config& config);

std::vector<AxisSpec> read_grid(const YamlNode& node, const Config& config);
Axis make_axis(const AxisSpec& spec, const std::string& name);

FeeTable read_fees(const YamlNode& node);
void read_model(const YamlNode& node, SliceSettings& slices);
Objective read_objective(const YamlNode& node);

RunConfig read_run(const YamlNode& node);

}  // namespace sorsweep
