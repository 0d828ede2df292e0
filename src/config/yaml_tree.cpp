// tested by: tests/fuzz/config_fuzz.cpp (parse_yaml)
#include "config/yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

#include "config/yaml_text.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kMostNodes = 100'000;  ///< A node takes about 250 bytes.
constexpr std::size_t kMostScalarBytes = 4096;
constexpr std::size_t kMostKeyBytes = 256;

/// Builds the tree from the events of yaml-cpp's parser, so that it never grows larger or deeper than is allowed.
/// Aliases are refused, because a few of them can make a document of any size.
class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(std::string name) : name_(std::move(name)) {}

  YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override { ++documents_; }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string&) override { refuse_anchor(mark); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_anchor(mark); }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    begin(mark, "", anchor);
    add(mark, {});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    begin(mark, tag, anchor);
    if (value.size() > kMostScalarBytes)
      refuse(mark, fmt::format("a value longer than {}", format_bytes(kMostScalarBytes)), "", "no value is that long");
    if (has_control_characters(value)) refuse(mark, "a value with control characters", "", "take them out");
    add(mark, {YamlNode::Kind::scalar, "", value, {}, {}, {}, {}});
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor);
    open(mark, YamlNode::Kind::list);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor);
    open(mark, YamlNode::Kind::map);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  /// A list or a map that is still open.
  struct Open {
    YamlNode node;
    std::map<std::string, std::string> places;  ///< Places of a map's keys.
    bool has_key = false;                       ///< A key was read, and its value comes next.
  };

  std::string place(const YAML::Mark& mark) const {
    return mark.is_null() ? name_ : fmt::format("{}:{}:{}", name_, mark.line + 1, mark.column + 1);
  }

  [[noreturn]] void refuse(const YAML::Mark& mark, const std::string& problem, std::string_view why = {},
                           std::string_view advice = {}) const {
    throw Error(Exit::usage, fmt::format("{}: {}", place(mark), problem), why, advice);
  }

  [[noreturn]] void refuse_anchor(const YAML::Mark& mark) const {
    refuse(mark, "anchors and aliases are not read", "a config has no use for them", "write the value out");
  }

  /// Refuses what no node may have.
  void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0) refuse_anchor(mark);
    if (documents_ > 1)
      throw Error(Exit::usage, fmt::format("{}:{}:1: a second document", name_, mark.line + 1), "a config is one",
                  "take the line --- out");
    if (!tag.empty() && tag != "?" && tag != "!")
      refuse(mark, "tags are not read", "the config says itself what a value is", "take the tag out");
    if (++nodes_ > kMostNodes)
      refuse(mark, fmt::format("a config with more than {} values", format_count(kMostNodes)), "",
             "write long axes as {linear: [FIRST, LAST], points: N}");
  }

  void open(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (open_.size() >= kMostDepth)
      refuse(mark, fmt::format("more than {} levels", kMostDepth), "no config is that deep");
    if (is_key_next()) refuse_key(mark);
    auto& opened = open_.emplace_back();
    opened.node.kind = kind;
    opened.node.place = place(mark);
  }

  void close() {
    auto node = std::move(open_.back().node);
    open_.pop_back();
    put(std::move(node));
  }

  bool is_key_next() const {
    return !open_.empty() && open_.back().node.kind == YamlNode::Kind::map && !open_.back().has_key;
  }

  [[noreturn]] void refuse_key(const YAML::Mark& mark) const { refuse(mark, "a key must be a word"); }

  void add(const YAML::Mark& mark, YamlNode&& node) {
    if (is_key_next()) {
      if (node.kind != YamlNode::Kind::scalar) refuse_key(mark);
      return add_key(mark, node.scalar);
    }
    node.place = place(mark);
    put(std::move(node));
  }

  void add_key(const YAML::Mark& mark, const std::string& key) {
    if (key.size() > kMostKeyBytes) refuse(mark, fmt::format("a key longer than {} bytes", kMostKeyBytes));
    auto& map = open_.back();
    auto key_place = place(mark);
    const auto [twin, is_new] = map.places.try_emplace(key, key_place);
    if (!is_new)
      refuse(mark, fmt::format("the key «{}» is there twice", key), fmt::format("first at {}", twin->second),
             "keep one of them");
    map.node.keys.push_back(key);
    map.node.key_places.push_back(std::move(key_place));
    map.has_key = true;
  }

  /// Puts a whole node into the list or map that is open.
  void put(YamlNode&& node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    auto& parent = open_.back();
    const bool is_list = parent.node.kind == YamlNode::Kind::list;
    (is_list ? parent.node.items : parent.node.values).push_back(std::move(node));
    parent.has_key = false;
  }

  std::string name_;
  YamlNode root_{YamlNode::Kind::null, name_, {}, {}, {}, {}, {}};
  std::vector<Open> open_;
  std::size_t nodes_ = 0, documents_ = 0;
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
  check_yaml_text(name, text);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    Builder builder(name);
    while (parser.HandleNextDocument(builder)) {
    }
    return builder.take();
  } catch (const YAML::Exception& error) {
    throw Error(Exit::usage, fmt::format("{}:{}:{}: invalid YAML", name, error.mark.line + 1, error.mark.column + 1),
                error.msg);
  }
}

void set_value(YamlNode& root, const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0)
    throw Error(Exit::usage, fmt::format("--set {}", assignment), "no KEY=VALUE", "write it like order.shares=1000");
  const auto origin = fmt::format("--set {}", assignment.substr(0, kMostKeyBytes));
  const auto depth = std::ranges::count(std::string_view(assignment).substr(0, equals), '.');
  if (depth >= static_cast<std::ptrdiff_t>(kMostDepth))
    throw Error(Exit::usage, fmt::format("{}: more than {} levels", origin, kMostDepth));
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
