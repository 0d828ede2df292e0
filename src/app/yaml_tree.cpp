#include "app/yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <utility>

#include "sorsweep/core/error.hpp"

namespace sorsweep {
namespace {

constexpr int kMostDepth = 32;
constexpr std::size_t kMostNodes = 1'000'000;  // an alias bomb grows beyond any bound

class Builder {
 public:
  explicit Builder(std::string name) : name_(std::move(name)) {}

  YamlNode build(const YAML::Node& from, int depth = 0) {
    YamlNode node;
    node.place = place(from.Mark());
    if (depth > kMostDepth || ++nodes_ > kMostNodes)
      throw Error(Exit::usage, fmt::format("{}: the document is too deep or too large", node.place),
                  fmt::format("{} levels and {} nodes are the most", kMostDepth, kMostNodes));
    switch (from.Type()) {
      case YAML::NodeType::Scalar:
        node.kind = YamlNode::Kind::scalar;
        node.scalar = from.Scalar();
        break;
      case YAML::NodeType::Sequence:
        node.kind = YamlNode::Kind::list;
        for (const auto& item : from) node.items.push_back(build(item, depth + 1));
        break;
      case YAML::NodeType::Map:
        build_map(from, node, depth);
        break;
      default:
        break;
    }
    return node;
  }

 private:
  std::string place(const YAML::Mark& mark) const {
    return mark.is_null() ? name_ : fmt::format("{}:{}:{}", name_, mark.line + 1, mark.column + 1);
  }

  void build_map(const YAML::Node& from, YamlNode& node, int depth) {
    node.kind = YamlNode::Kind::map;
    std::map<std::string, std::string> seen;
    for (const auto& entry : from) {
      const auto key_place = place(entry.first.Mark());
      if (!entry.first.IsScalar()) throw Error(Exit::usage, fmt::format("{}: a key must be a word", key_place));
      const auto& key = entry.first.Scalar();
      const auto [twin, is_new] = seen.try_emplace(key, key_place);
      if (!is_new)
        throw Error(Exit::usage, fmt::format("{}: the key «{}» is there twice", key_place, key),
                    fmt::format("first at {}", twin->second), "keep one of them");
      node.keys.push_back(key);
      node.key_places.push_back(key_place);
      node.values.push_back(build(entry.second, depth + 1));
    }
  }

  std::string name_;
  std::size_t nodes_ = 0;
};

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto found = std::ranges::find(keys, key);
  return found == keys.end() ? nullptr : &values[static_cast<std::size_t>(found - keys.begin())];
}

YamlNode* YamlNode::find(std::string_view key) {
  return const_cast<YamlNode*>(std::as_const(*this).find(key));
}

YamlNode parse_yaml(const std::string& name, const std::string& text) {
  try {
    const auto documents = YAML::LoadAll(text);
    if (documents.size() > 1)
      throw Error(Exit::usage, fmt::format("{}:{}:1: a second document", name, documents[1].Mark().line + 1),
                  "a config is one", "take the line --- out");
    return documents.empty() ? YamlNode{YamlNode::Kind::null, name, {}, {}, {}, {}, {}}
                             : Builder(name).build(documents[0]);
  } catch (const YAML::Exception& error) {
    throw Error(Exit::usage, fmt::format("{}:{}:{}: no valid YAML", name, error.mark.line + 1, error.mark.column + 1),
                error.msg);
  }
}

void set_value(YamlNode& root, const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0)
    throw Error(Exit::usage, fmt::format("--set {}", assignment), "no KEY=VALUE", "write it like order.shares=1000");
  const auto origin = fmt::format("--set {}", assignment);
  YamlNode* node = &root;
  std::string_view path = std::string_view(assignment).substr(0, equals);
  while (!path.empty()) {
    const auto key = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), key.size() + 1));
    if (node->kind != YamlNode::Kind::map) *node = YamlNode{YamlNode::Kind::map, origin, {}, {}, {}, {}, {}};
    if (node->find(key) == nullptr) {
      node->keys.emplace_back(key);
      node->key_places.push_back(origin);
      node->values.emplace_back();
    }
    node = node->find(key);
  }
  *node = parse_yaml(origin, assignment.substr(equals + 1));
}

}  // namespace sorsweep
