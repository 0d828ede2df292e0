/// \file
/// Keeps the candidates on the lower hull over a box: those that are cheapest at some point of it.
///
/// Candidate c is cheapest somewhere iff min over x of max over j of f_c(x) − f_j(x) is not above zero: a linear
/// program in D + 1 unknowns. Where it is above zero, its multipliers are weights of other candidates whose mean is
/// cheaper than c all over the box. The mean of candidates is nowhere below the cheapest one, so it rules out whatever
/// is above it everywhere. That holds for any weights, so the program may be solved carelessly, and its solution tried
/// on others, in lanes: placements that follow each other are alike, and most fall to one of the latest means. Rounding
/// costs pruning, never a winner.
#pragma once

#include <bit>

#include "collapse/hull_program.hpp"
#include "collapse/mixture.hpp"

namespace sorsweep {

template <int D>
class HullFilter {
 public:
  /// \param all ids are positions; \param precision of costs within the box that begins at the columns' corner
  /// \param kept becomes the ids of those that may be on the hull: all that are, and few others
  void run(const BoxColumns<D>& all, const std::array<double, D>& width, const Precision& precision,
           std::vector<std::uint32_t>& kept) {
    all_ = &all;
    width_ = width;
    rounding_ = precision.rounding;
    margin_ = precision.margin;
    unit_ = std::ldexp(1 / rounding_, -43);
    is_known_.assign(all.size(), 0);
    hull_.resize(0);
    recent_.clear();
    kept.clear();
    std::array<double, D> centre;
    for (std::size_t a = 0; a < D; ++a) centre[a] = width[a] / 2;
    learn(all.cheapest(centre));
    for (std::size_t i = 0; i < all.size(); i += kLanes) sift(i, kept);
  }

 private:
  using Program = HullProgram<D>;
  static constexpr int kMostPivots = 40;

  /// Means that are tried. More of them spare programs, which cost as much as a hundred.
  static constexpr std::size_t kRecent = 64;

  /// How far from c a cheaper candidate is looked for, in positions: nearly all of the hull is found within.
  static constexpr std::size_t kNear = 2048;

  static constexpr double kEnough = 4;

  void sift(std::size_t first, std::vector<std::uint32_t>& kept) {
    const Block<D> block(*all_, first);
    const auto size = std::min(all_->size() - first, kLanes);
    auto left = drop_by_recent(block, (1U << size) - 1);
    while (left != 0) {
      const auto lane = static_cast<std::size_t>(std::countr_zero(left));
      left &= left - 1;
      if (hull_.beats(*all_, first + lane, width_, margin_)) continue;
      unsigned above = 0;
      if (!is_known_[first + lane] && is_above(first + lane)) {
        above = recent_.front().above(block, width_, kEnough * rounding_);
        left &= ~above;
      }
      if (!(above >> lane & 1)) kept.push_back(all_->id(first + lane));
    }
  }

  /// Takes those from the set that a recent mean is below; such means come first from then on.
  unsigned drop_by_recent(const Block<D>& block, unsigned left) {
    for (std::size_t m = 0; m < recent_.size() && left != 0; ++m) {
      const auto above = recent_[m].above(block, width_, kEnough * rounding_) & left;
      left &= ~above;
      if (above != 0 && m > 0) std::swap(recent_[m], recent_[m / 2]);
    }
    return left;
  }

  /// The candidate is on the hull, or nearly: others are compared with it from now on.
  void learn(std::size_t position) {
    is_known_[position] = 1;
    hull_.append(*all_, position);
  }

  typename Program::Vector normal(std::size_t j, std::size_t c) const {
    typename Program::Vector normal;
    for (int a = 0; a < D; ++a) {
      const auto e = static_cast<std::size_t>(a);
      normal[e] = (hull_.slope(a)[j] - all_->slope(a)[c]) * width_[e] * unit_;
    }
    normal[D] = 1;
    return normal;
  }

  double excess(std::size_t j, std::size_t c) const { return (all_->cost()[c] - hull_.cost()[j]) * unit_; }

  /// Whether the candidate is above the hull all over the box; if so the first of the recent means is below it there.
  /// Solved to the end: the best mean of one candidate is good for many.
  bool is_above(std::size_t c) {
    Program program(0, normal(0, c), excess(0, c));
    for (int pivots = 0; pivots < kMostPivots; ++pivots) {
      if (const auto entered = program.enter_side()) {
        if (!*entered) return false;
        continue;
      }
      const auto at = vertex(program);
      auto j = hull_.cheapest(at);
      const double least = all_->cost_at(c, at) - program.t() / unit_ - rounding_;
      if (hull_.cost_at(j, at) >= least) {
        if (program.t() > kEnough * rounding_ * unit_) return remember(program, c);
        const auto other = all_->cheapest(at, c / kLanes * kLanes - std::min(c / kLanes * kLanes, kNear), c + kNear);
        if (is_known_[other] || all_->cost_at(other, at) >= least) return false;
        learn(other);
        if (other == c) return false;
        j = hull_.size() - 1;
      }
      if (!program.enter(j, normal(j, c), excess(j, c))) return false;
    }
    return false;
  }

  std::array<double, D> vertex(const Program& program) const {
    std::array<double, D> at;
    for (std::size_t a = 0; a < D; ++a) at[a] = program.u(a) * width_[a];
    return at;
  }

  bool remember(const Program& program, std::size_t c) {
    Mixture<D> mixture;
    for (std::size_t row = 0; row < Program::kRows; ++row) {
      if (program.who(row) == Program::kNobody) continue;
      mixture.member[row] = hull_.plane(program.who(row));
      auto& weight = mixture.weight[row];
      weight[0] = program.weight(row);
      for (std::size_t a = 0; a < D; ++a) {
        weight[a + 1] = program.growth(row, a) * width_[a] * unit_;
        weight[0] -= weight[a + 1] * all_->slope(static_cast<int>(a))[c];
      }
    }
    if (recent_.size() == kRecent) recent_.pop_back();
    recent_.insert(recent_.begin(), mixture);
    return true;
  }

  const BoxColumns<D>* all_ = nullptr;
  BoxColumns<D> hull_;
  std::array<double, D> width_{};
  double rounding_ = 0;
  double margin_ = 0;
  double unit_ = 1;  ///< costs in the program are of the order of one: its thresholds are absolute
  std::vector<std::uint8_t> is_known_;
  std::vector<Mixture<D>> recent_;
};

}  // namespace sorsweep
