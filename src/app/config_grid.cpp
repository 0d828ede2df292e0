// grid: the axes.
#include <fmt/format.h>

#include "app/config_parts.hpp"

namespace sorsweep {
namespace {

AxisSpec read_spaced(const YamlNode& node, const std::string& name) {
  const Section section(node, name, {"linear", "log", "points"});
  const auto* linear = section.find("linear");
  const auto* log = section.find("log");
  if ((linear == nullptr) == (log == nullptr)) refuse_at(node, fmt::format("{} needs one of linear and log", name));
  const auto& ends = linear ? *linear : *log;
  if (ends.kind != YamlNode::Kind::list || ends.items.size() != 2)
    refuse_at(ends, fmt::format("{} needs two ends", name), "", "write it like linear: [0.01, 0.06]");
  AxisSpec axis;
  axis.kind = linear ? AxisSpec::Kind::linear : AxisSpec::Kind::log;
  axis.values = {nano_of(ends.items[0], name), nano_of(ends.items[1], name)};
  axis.points = static_cast<std::size_t>(integer_of(section.need("points"), name + ".points", 1, 100'000'000));
  return axis;
}

AxisSpec read_axis(const YamlNode& node, const std::string& name) {
  if (node.kind == YamlNode::Kind::map) return read_spaced(node, name);
  AxisSpec axis;
  if (node.kind == YamlNode::Kind::list) {
    for (const auto& item : node.items) axis.values.push_back(nano_of(item, name));
  } else {
    axis.values = {nano_of(node, name)};
  }
  if (axis.values.empty()) refuse_at(node, fmt::format("{} is empty", name), "", "give it one value at least");
  return axis;
}

}  // namespace

Axis make_axis(const AxisSpec& spec, const std::string& name) {
  switch (spec.kind) {
    case AxisSpec::Kind::linear:
      return linear_axis(name, spec.values[0], spec.values[1], spec.points);
    case AxisSpec::Kind::log:
      return log_axis(name, spec.values[0], spec.values[1], spec.points);
    default:
      return list_axis(name, spec.values);
  }
}

std::array<AxisSpec, Grid::kAxes> read_grid(const YamlNode& node) {
  const Section section(node, "grid", {Grid::kNames.begin(), Grid::kNames.end()});
  std::array<AxisSpec, Grid::kAxes> grid;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) {
    const auto& axis = section.need(Grid::kNames[a]);
    grid[a] = read_axis(axis, section.full(Grid::kNames[a]));
    try {
      make_axis(grid[a], Grid::kNames[a]);
    } catch (const Error& error) {
      throw error.within(axis.place);
    }
  }
  return grid;
}

Grid make_grid(const Config& config) {
  std::array<Axis, Grid::kAxes> axes;
  for (std::size_t a = 0; a < Grid::kAxes; ++a) axes[a] = make_axis(config.grid[a], Grid::kNames[a]);
  return Grid(std::move(axes));
}

}  // namespace sorsweep
