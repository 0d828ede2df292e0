/// \file
/// YAML as a tree that knows where each node stood. Duplicate keys, anchors, tags, hostile sizes and syntax errors are
/// refused here: docs/limits.md.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sorsweep {

struct YamlNode {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  std::string place;   ///< "file:line:column"
  std::string scalar;  ///< text of a scalar
  std::vector<YamlNode> items;
  std::vector<std::string> keys;        ///< of a map, in order
  std::vector<std::string> key_places;  ///< where each key stood
  std::vector<YamlNode> values;         ///< of a map

  const YamlNode* find(std::string_view key) const;
  YamlNode* find(std::string_view key);
};

/// \param name of the source, for places
/// \throws Error (usage)
YamlNode parse_yaml(const std::string& name, const std::string& text);

/// Puts `key=value` into the tree ("order.shares=1000"; the value is YAML), making maps on the way.
/// \throws Error (usage)
void set_value(YamlNode& root, const std::string& assignment);

}  // namespace sorsweep
