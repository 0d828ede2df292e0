/// \file
/// The sections of a config, one reader each. All throw Error (usage) with file:line:column.
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

/// A whole config, one structural point of it.
Config read_point(const YamlNode& root);

/// A config for each structural point, in product order, the last key fastest; one where there are none.
std::vector<Config> read_structural_points(const YamlNode& root);

/// What structural keys decide, as text: equal for two spellings of one value.
std::string order_and_model_text(const Config& config);

/// Text as a YAML scalar in double quotes.
std::string quoted(const std::string& text);

std::vector<std::string> read_symbols(const YamlNode& node);
DaySelection read_days(const YamlNode& node);

/// `order:`; what slices need of it goes to `config.slices.order`.
void read_order(const YamlNode& node, Config& config);

std::vector<AxisSpec> read_grid(const YamlNode& node, const Config& config);
Axis make_axis(const AxisSpec& spec, const std::string& name);

FeeTable read_fees(const YamlNode& node);
void read_model(const YamlNode& node, SliceSettings& slices);
Objective read_objective(const YamlNode& node);

RunConfig read_run(const YamlNode& node);

}  // namespace sorsweep
