/// \file
/// What venues charge and pay a share (MODEL §4.1).
#pragma once

#include <cstdint>
#include <map>

#include "sorsweep/core/money.hpp"

namespace sorsweep {

/// Nano-dollars a share; negative ones are the other way round (an inverted venue pays takers).
struct Fees {
  Nano take = 3'000'000;         ///< f: paid by a market order
  Nano make_rebate = 2'000'000;  ///< r: received by a limit order that fills
};

struct FeeTable {
  Fees standard;  ///< of publishers that are not listed
  std::map<std::uint32_t, Fees> publishers;

  const Fees& of(std::uint32_t publisher_id) const {
    const auto listed = publishers.find(publisher_id);
    return listed == publishers.end() ? standard : listed->second;
  }
};

}  // namespace sorsweep
