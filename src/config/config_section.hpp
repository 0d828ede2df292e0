/// \file
/// One map of the config, read key by key; whatever is not asked for is refused.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "config/yaml_tree.hpp"
#include "core/error.hpp"
#include "sorsweep/core/money.hpp"
#include "sorsweep/core/time.hpp"

namespace sorsweep {

/// An error at a place in the config.
[[noreturn]] void refuse_at(const YamlNode& node, std::string_view problem, std::string_view why = {},
                            std::string_view advice = {});

/// Text of a scalar. \throws Error (usage) for a list, a map or nothing.
const std::string& scalar_of(const YamlNode& node, std::string_view name);
std::int64_t integer_of(const YamlNode& node, std::string_view name, std::int64_t least, std::int64_t most);

/// The most dollars of a fee, a penalty or a spread, a share: beyond any market, and sums of a few of them fit an int64.
inline constexpr Nano kMostDollars = 1'000'000 * kNanoPerDollar;

/// A parameter in dollars, rounded half up to nano-dollars.
Nano nano_of(const YamlNode& node, std::string_view name, Nano least = -kMostDollars, Nano most = kMostDollars);

/// "10m" as ns. \param least the shortest that is accepted; a day is the longest
TimeNs duration_of(const YamlNode& node, std::string_view name, TimeNs least);

/// Which of `words` the scalar is.
std::size_t choice_of(const YamlNode& node, std::string_view name, std::span<const std::string_view> words);

class Section {
 public:
  /// \param name of the section for messages; empty at the top
  /// \throws Error (usage) if the node is no map or has a key that is not among `known`.
  Section(const YamlNode& node, std::string name, const std::vector<std::string>& known);

  const YamlNode* find(const std::string& key) const { return node_.find(key); }
  /// \throws Error (usage) when the key is not there.
  const YamlNode& need(const std::string& key) const;
  const YamlNode& node() const { return node_; }
  std::string full(const std::string& key) const { return name_.empty() ? key : name_ + "." + key; }

 private:
  const YamlNode& node_;
  std::string name_;
};

}  // namespace sorsweep
