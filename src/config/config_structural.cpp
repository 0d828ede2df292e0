// The section `structural`: what is swept around the grid. Each combination of its values is a config of its own.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "config/config_parts.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kMostPoints = 1000;
constexpr std::array<const char*, 14> kKeys = {"slice",      "lot",           "shares",  "solver",        "queue_model",
                                               "depletion",  "depletion_age", "samples", "sample_stride", "min_samples",
                                               "venues_max", "impact_ticks",  "tick",    "latency_ns"};

/// A key of `structural` with the section that it belongs to.
struct StructuralAxis {
  std::string section, key;
  const YamlNode* list = nullptr;
};

std::vector<StructuralAxis> read_axes(const YamlNode& node) {
  const Section section(node, "structural", {kKeys.begin(), kKeys.end()});
  std::vector<StructuralAxis> axes;
  std::size_t points = 1;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const auto& key = node.keys[i];
    const auto& list = node.values[i];
    if (list.kind != YamlNode::Kind::list || list.items.empty())
      refuse_at(list, fmt::format("structural.{} must be a list of at least one", key));
    for (const auto& value : list.items) scalar_of(value, section.full(key));
    const bool is_of_order = key == "slice" || key == "lot" || key == "shares";
    axes.push_back({is_of_order ? "order" : "model", key, &list});
    points *= list.items.size();
    if (points > kMostPoints)
      refuse_at(node, fmt::format("structural has more than {} points", kMostPoints), "",
                "each of them is a sweep of its own: take fewer");
  }
  return axes;
}

/// Puts a value into a section of the config, where it replaces what is there.
void put(YamlNode& root, const std::string& section, const std::string& key, const YamlNode& value) {
  const auto child = [&](YamlNode& map, const std::string& name) -> YamlNode& {
    if (map.kind == YamlNode::Kind::null) map.kind = YamlNode::Kind::map;
    if (map.find(name) == nullptr) {
      map.keys.push_back(name);
      map.key_places.push_back(value.place);
      map.values.emplace_back();
      map.values.back().place = value.place;
    }
    return *map.find(name);
  };
  child(child(root, section), key) = value;
}

/// A combination: one value of each axis.
using Choice = std::vector<const YamlNode*>;

/// Returns all combinations in product order.
std::vector<Choice> all_choices(const std::vector<StructuralAxis>& axes) {
  std::vector<Choice> choices(1);
  for (const auto& axis : axes) {
    std::vector<Choice> longer;
    for (const auto& choice : choices)
      for (const auto& value : axis.list->items) {
        longer.push_back(choice);
        longer.back().push_back(&value);
      }
    choices = std::move(longer);
  }
  return choices;
}

/// Refuses two spellings of one value, such as 5m and 300s.
[[noreturn]] void refuse_twins(const std::vector<StructuralAxis>& axes, const Choice& first, const Choice& second) {
  std::size_t a = 0;
  while (first[a] == second[a]) ++a;
  if (first[a]->scalar == second[a]->scalar)
    refuse_at(*second[a], fmt::format("structural.{} has «{}» twice", axes[a].key, second[a]->scalar));
  refuse_at(*second[a],
            fmt::format("structural.{} has «{}» and «{}»", axes[a].key, first[a]->scalar, second[a]->scalar),
            "they are the same", "keep one of them");
}

/// \param config is that of the first combination
void check_axes(const YamlNode& node, const std::vector<StructuralAxis>& axes, const Config& config) {
  if (!is_sliced(config))
    refuse_at(node, fmt::format("the router {} has no use for structural", config.router), "it does not work in slices",
              "take it out");
  for (const auto& axis : axes)
    if (axis.key == "shares" && axis.list->items.size() > 1 && config.objective.kind == Objective::Kind::total_cost)
      refuse_at(*axis.list, "structural.shares has several values, and the objective is total_cost",
                "more shares cost more dollars, so the smallest order would be the best",
                "take objective: slippage_bps");
}

void name_point(Config& config, const std::vector<StructuralAxis>& axes, const Choice& choice) {
  for (std::size_t a = 0; a < axes.size(); ++a) {
    config.structural.emplace_back(axes[a].key, choice[a]->scalar);
    auto& values = config.structural_axes.emplace_back(axes[a].key, std::vector<std::string>()).second;
    for (const auto& value : axes[a].list->items) values.push_back(value.scalar);
  }
}

}  // namespace

std::vector<Config> read_structural_points(const YamlNode& root) {
  const auto* node = root.find("structural");
  if (node == nullptr) return {read_point(root)};
  const auto axes = read_axes(*node);
  std::vector<Config> configs;
  std::map<std::string, const Choice*> seen;
  const auto choices = all_choices(axes);
  for (const auto& choice : choices) {
    auto chosen = root;
    for (std::size_t a = 0; a < axes.size(); ++a) put(chosen, axes[a].section, axes[a].key, *choice[a]);
    auto& config = configs.emplace_back(read_point(chosen));
    if (configs.size() == 1) check_axes(*node, axes, config);
    const auto [twin, is_new] = seen.try_emplace(order_and_model_text(config), &choice);
    if (!is_new) refuse_twins(axes, *twin->second, choice);
    name_point(config, axes, choice);
  }
  return configs;
}

}  // namespace sorsweep
