// tested by: tests/collapse/collapse_test.cpp (AffineGrid)
#include "sorsweep/collapse/affine.hpp"

#include <fmt/format.h>

#include <limits>

#include "core/error.hpp"

namespace sorsweep {
namespace {

/// Checks one axis of a grid. \throws Error (usage)
void check_axis(std::size_t axis, const std::vector<Nano>& values) {
  constexpr std::size_t most = std::numeric_limits<int>::max() / 8;
  if (values.empty())
    throw Error(Exit::usage, fmt::format("axis {} of the grid is empty", axis), "", "give it a value");
  if (values.size() > most)
    throw Error(Exit::usage, fmt::format("axis {} of the grid has {} values", axis, values.size()),
                fmt::format("{} can be swept at most", most), "take fewer points on it");
  for (std::size_t i = 1; i < values.size(); ++i)
    if (values[i] <= values[i - 1])
      throw Error(Exit::usage, fmt::format("axis {} of the grid does not ascend at its value {}", axis, i), "",
                  "sort its values, and name each of them once");
}

}  // namespace

AffineGrid::AffineGrid(std::vector<std::vector<Nano>> axes) : axes_(std::move(axes)) {
  if (axes_.empty() || axes_.size() > kMostAffineAxes)
    throw Error(Exit::usage, fmt::format("{} affine axes", axes_.size()),
                fmt::format("between one and {} can be swept at once", kMostAffineAxes),
                "sweep the others in other runs");
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    check_axis(a, axes_[a]);
    if (axes_[a].size() > std::numeric_limits<std::size_t>::max() / sizeof(std::int64_t) / size_)
      throw Error(Exit::usage, "the grid has more points than can be counted", "", "take fewer points on an axis");
    size_ *= axes_[a].size();
  }
}

}  // namespace sorsweep
