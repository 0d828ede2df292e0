// The section `grid`: the axes.
#include <fmt/format.h>

#include "config/config_parts.hpp"
#include "sorsweep/router/router.hpp"

namespace sorsweep {
namespace {

AxisSpec read_spaced(const YamlNode& node, const std::string& name, Nano least) {
  const Section section(node, name, {"linear", "log", "points"});
  const auto* linear = section.find("linear");
  const auto* log = section.find("log");
  if ((linear == nullptr) == (log == nullptr)) refuse_at(node, fmt::format("{} needs one of linear and log", name));
  const auto& ends = linear ? *linear : *log;
  if (ends.kind != YamlNode::Kind::list || ends.items.size() != 2)
    refuse_at(ends, fmt::format("{} needs two ends", name), "", "write it like linear: [0.01, 0.06]");
  AxisSpec axis;
  axis.kind = linear ? AxisSpec::Kind::linear : AxisSpec::Kind::log;
  axis.values = {nano_of(ends.items[0], name, least), nano_of(ends.items[1], name, least)};
  axis.points = static_cast<std::size_t>(integer_of(section.need("points"), name + ".points", 1, kMostPointsOfAxis));
  return axis;
}

/// Reads one axis. \param least is the smallest value allowed
AxisSpec read_axis(const YamlNode& node, const std::string& name, Nano least) {
  if (node.kind == YamlNode::Kind::map) return read_spaced(node, name, least);
  AxisSpec axis;
  if (node.kind == YamlNode::Kind::list) {
    for (const auto& item : node.items) axis.values.push_back(nano_of(item, name, least));
  } else {
    axis.values = {nano_of(node, name, least)};
  }
  if (axis.values.empty()) refuse_at(node, fmt::format("{} is empty", name), "", "give it at least one value");
  return axis;
}

/// \param node is the axis half_spread of cont_kukanov
void check_half_spread(const YamlNode& node, const Config& config) {
  if (!cont_kukanov::has_candidates(config.slices.solver))
    refuse_at(node, "grid.half_spread needs the solver exact or pool");
  if (config.slices.model.half_spread)
    refuse_at(node, "half_spread is an axis of the grid and a value of model", "", "take one of them out");
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

std::vector<AxisSpec> read_grid(const YamlNode& node, const Config& config) {
  const auto& router = *find_router(config.router);
  std::vector<std::string> names;
  for (const auto& parameter : router.parameters) names.push_back(parameter.name);
  const Section section(node, "grid", names);
  std::vector<AxisSpec> grid;
  for (const auto& parameter : router.parameters) {
    if (parameter.is_optional && !section.find(parameter.name)) break;
    const auto& axis = section.need(parameter.name);
    const bool is_half_spread = !config.slices.registered && parameter.is_optional;
    if (is_half_spread) check_half_spread(axis, config);
    const auto name = section.full(parameter.name);
    // The bound is that of model.half_spread.
    grid.push_back(read_axis(axis, name, is_half_spread ? 0 : -kMostDollars));
    try {
      make_axis(grid.back(), parameter.name);
    } catch (const Error& error) {
      throw error.within(axis.place);
    }
  }
  return grid;
}

Grid make_grid(const Config& config) {
  const auto& parameters = find_router(config.router)->parameters;
  std::vector<Axis> axes;
  for (std::size_t a = 0; a < config.grid.size(); ++a) {
    axes.push_back(make_axis(config.grid[a], parameters[a].name));
    axes.back().unit = parameters[a].unit;
  }
  return Grid(std::move(axes));
}

}  // namespace sorsweep
