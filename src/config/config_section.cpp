#include "config/config_section.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"

namespace sorsweep {
namespace {

constexpr TimeNs kMostDuration = TimeNs{24} * 3600 * kNsPerSecond;

}  // namespace

void refuse_at(const YamlNode& node, std::string_view problem, std::string_view why, std::string_view advice) {
  throw Error(Exit::usage, fmt::format("{}: {}", node.place, problem), why, advice);
}

const std::string& scalar_of(const YamlNode& node, std::string_view name) {
  if (node.kind != YamlNode::Kind::scalar || node.scalar.empty())
    refuse_at(node, fmt::format("{} must be one value", name));
  return node.scalar;
}

std::int64_t integer_of(const YamlNode& node, std::string_view name, std::int64_t least, std::int64_t most) {
  const auto& text = scalar_of(node, name);
  const auto value = parse_number<std::int64_t>(text);
  if (!value || *value < least || *value > most)
    refuse_at(node, fmt::format("{} is «{}»", name, text), fmt::format("a whole number from {} to {}", least, most));
  return *value;
}

Nano nano_of(const YamlNode& node, std::string_view name, Nano least, Nano most) {
  const auto& text = scalar_of(node, name);
  const auto value = parse_decimal_rounded(text);
  if (!value) refuse_at(node, fmt::format("{}: «{}» is not a number", name, text), "", "write dollars, like 0.0005");
  if (*value < least || *value > most)
    refuse_at(node, fmt::format("{} is «{}»", name, text),
              fmt::format("a number from {} to {}", format_decimal(least), format_decimal(most)));
  return *value;
}

TimeNs duration_of(const YamlNode& node, std::string_view name, TimeNs least) {
  const auto& text = scalar_of(node, name);
  const auto value = parse_duration(text);
  if (!value || *value < least || *value > kMostDuration)
    refuse_at(node, fmt::format("{} is «{}»", name, text),
              fmt::format("a length of time from {} to {}", format_duration(least), format_duration(kMostDuration)),
              "write it like 10m, 600s or 250ms");
  return *value;
}

std::size_t choice_of(const YamlNode& node, std::string_view name, std::span<const std::string_view> words) {
  const auto& text = scalar_of(node, name);
  const auto found = std::ranges::find(words, text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::vector<std::string> names(words.begin(), words.end());
  const auto hint = did_you_mean(text, names);
  refuse_at(node, fmt::format("{} is «{}»", name, text), "",
            hint.empty() ? fmt::format("choose {}", join_words(names, "or")) : hint);
}

Section::Section(const YamlNode& node, std::string name, const std::vector<std::string>& known)
    : node_(node), name_(std::move(name)) {
  const auto title = name_.empty() ? std::string("the config") : name_;
  if (node.kind != YamlNode::Kind::map)
    refuse_at(node, fmt::format("{} must be a map", title), "", fmt::format("keys: {}", join_words(known, "and")));
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    if (std::ranges::find(known, node.keys[i]) != known.end()) continue;
    const auto hint = did_you_mean(node.keys[i], known);
    throw Error(Exit::usage, fmt::format("{}: {} has no key «{}»", node.key_places[i], title, node.keys[i]), "",
                hint.empty() ? fmt::format("keys: {}", join_words(known, "and")) : hint);
  }
}

const YamlNode& Section::need(const std::string& key) const {
  const auto* found = node_.find(key);
  if (found == nullptr) refuse_at(node_, fmt::format("the key «{}» is missing", full(key)));
  return *found;
}

}  // namespace sorsweep
