/// \file
/// YAML as a tree that knows the place of each node. It refuses duplicate keys, anchors, tags, hostile sizes and syntax
/// errors (docs/limits.md).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sorsweep {

struct YamlNode {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  std::string place;   ///< As "file:line:column".
  std::string scalar;  ///< Text of a scalar.
  std::vector<YamlNode> items;
  std::vector<std::string> keys;        ///< Keys of a map, in their order.
  std::vector<std::string> key_places;  ///< Place of each key.
  std::vector<YamlNode> values;         ///< Values of a map.

  const YamlNode* find(std::string_view key) const;
  YamlNode* find(std::string_view key);
};

/// Parses a text. \param name is that of the source, for messages \throws Error (usage)
YamlNode parse_yaml(const std::string& name, const std::string& text);

/// Puts an assignment such as "order.shares=1000" into the tree and makes maps on the way; the value is YAML.
/// \throws Error (usage)
void set_value(YamlNode& root, const std::string& assignment);

}  // namespace sorsweep
