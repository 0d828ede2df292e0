/// \file
/// One map of the config, read key by key. A key that nobody asks for is refused.
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

/// Makes an error that names a place in the config.
[[noreturn]] void refuse_at(const YamlNode& node, std::string_view problem, std::string_view why = {},
                            std::string_view advice = {});

/// Returns the text of a scalar. \throws Error (usage) for a list, a map or nothing
const std::string& scalar_of(const YamlNode& node, std::string_view name);
std::int64_t integer_of(const YamlNode& node, std::string_view name, std::int64_t least, std::int64_t most);

/// Largest fee, penalty or spread in dollars a share. No market comes near it, and sums of a few of them fit 64 bits.
inline constexpr Nano kMostDollars = 1'000'000 * kNanoPerDollar;

/// Reads a parameter in dollars, rounded half up to nano-dollars.
Nano nano_of(const YamlNode& node, std::string_view name, Nano least = -kMostDollars, Nano most = kMostDollars);

/// Reads a duration such as "10m", in nanoseconds. \param least is the shortest one allowed; the longest is a day
TimeNs duration_of(const YamlNode& node, std::string_view name, TimeNs least);

/// Returns the index of the scalar among `words`.
std::size_t choice_of(const YamlNode& node, std::string_view name, std::span<const std::string_view> words);

class Section {
 public:
  /// \param name is that of the section, for messages; empty at the top
  /// \throws Error (usage) if the node is not a map, or has a key that is not among `known`
  Section(const YamlNode& node, std::string name, const std::vector<std::string>& known);

  const YamlNode* find(const std::string& key) const { return node_.find(key); }
  /// \throws Error (usage) if the key is missing
  const YamlNode& need(const std::string& key) const;
  const YamlNode& node() const { return node_; }
  std::string full(const std::string& key) const { return name_.empty() ? key : name_ + "." + key; }

 private:
  const YamlNode& node_;
  std::string name_;
};

}  // namespace sorsweep
