/// \file
/// A log of one point of a run, day by day: what the router did, and why.
#pragma once

#include <memory>
#include <string>

#include "config/config.hpp"
#include "report/table.hpp"
#include "sorsweep/router/placement.hpp"

namespace sorsweep {

struct ReplayedDay {
  Table log;
  std::string summary;  ///< One sentence.
};

class Replay {
 public:
  virtual ~Replay() = default;
  virtual Table empty_log() const = 0;  ///< has columns only
  virtual ReplayedDay day(DayData&& data) const = 0;
};

/// Makes the replay of the config's router at a point. `notebook` and `static_split` list their executions. Routers
/// that work in slices, registered ones among them, list their slices: the book, the decision, what was expected and
/// what came of it.
std::unique_ptr<Replay> make_replay(const Config& config, const Grid::Values& at);

}  // namespace sorsweep
