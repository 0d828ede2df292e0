/// \file
/// One point of a run, day by day, as a log: what each router did and why.
#pragma once

#include <memory>
#include <string>

#include "config/config.hpp"
#include "report/table.hpp"
#include "sorsweep/router/placement.hpp"

namespace sorsweep {

struct ReplayedDay {
  Table log;
  std::string summary;  ///< a sentence
};

class Replay {
 public:
  virtual ~Replay() = default;
  virtual Table empty_log() const = 0;  ///< has columns only
  virtual ReplayedDay day(DayData&& data) const = 0;
};

/// The config's router at a point: `notebook` and `static_split` list their executions; routers that work in slices, those
/// that were registered too, list these: each with the book, the decision, what was expected and what came.
std::unique_ptr<Replay> make_replay(const Config& config, const Grid::Values& at);

}  // namespace sorsweep
