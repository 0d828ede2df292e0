/// \file
/// The fees and rebates of venues (docs/config.md, `fees`).
#pragma once

#include <cstdint>
#include <map>

#include "sorsweep/core/money.hpp"

namespace sorsweep {

/// Nano-dollars per share. Both may be negative: an inverted venue pays takers and charges makers.
struct Fees {
  Nano take = 3'000'000;         ///< f: paid for each share of a market order.
  Nano make_rebate = 2'000'000;  ///< r: received for each filled share of a limit order.
};

/// The fees of every venue.
struct FeeTable {
  Fees standard;                             ///< For publishers that are not listed.
  std::map<std::uint32_t, Fees> publishers;  ///< By publisher id.

  /// The fees of a publisher.
  const Fees& of(std::uint32_t publisher_id) const {
    const auto listed = publishers.find(publisher_id);
    return listed == publishers.end() ? standard : listed->second;
  }
};

}  // namespace sorsweep
