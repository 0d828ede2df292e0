#include "sorsweep/collapse/affine.hpp"

#include <fmt/format.h>

#include <limits>

#include "core/error.hpp"

namespace sorsweep {

AffineGrid::AffineGrid(std::vector<std::vector<Nano>> axes) : axes_(std::move(axes)) {
  if (axes_.empty() || axes_.size() > kMostAffineAxes)
    throw Error(Exit::usage, fmt::format("{} affine axes", axes_.size()),
                fmt::format("between one and {} can be swept at once", kMostAffineAxes));
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    const auto& values = axes_[a];
    if (values.empty()) throw Error(Exit::usage, fmt::format("axis {} of the grid is empty", a));
    if (values.size() > std::size_t{std::numeric_limits<int>::max() / 8})
      throw Error(Exit::usage, fmt::format("axis {} of the grid has {} values", a, values.size()));
    for (std::size_t i = 1; i < values.size(); ++i)
      if (values[i] <= values[i - 1])
        throw Error(Exit::usage, fmt::format("axis {} of the grid does not ascend at its value {}", a, i));
    if (values.size() > std::numeric_limits<std::size_t>::max() / sizeof(std::int64_t) / size_)
      throw Error(Exit::usage, "the grid has more points than can be counted", "", "take fewer points on an axis");
    size_ *= values.size();
  }
}

}  // namespace sorsweep
