/// \file
/// Keeps the candidates on the lower hull over a box, which are those that are cheapest at some point of it.
///
/// Candidate c is cheapest somewhere if and only if the minimum over x of the maximum over j of f_c(x) − f_j(x) is not
/// above zero. This is a linear program in D + 1 unknowns. If its value is above zero, its multipliers are weights of
/// other candidates whose mean is cheaper than c all over the box. A mean of candidates is nowhere below the cheapest
/// of them, so it rules out every candidate that is above it everywhere. This holds for any weights. The program may
/// therefore be solved carelessly, and its solution can be tried on other candidates, in lanes: candidates that follow
/// each other are alike, and one of the latest means rules out most of them. Rounding can only keep a candidate too
/// many; it never loses a winner.
#pragma once

#include <bit>

#include "collapse/hull_program.hpp"
#include "collapse/mixture.hpp"

namespace sorsweep {

template <int D>
class HullFilter {
 public:
  /// \param all   the candidates, whose ids are their positions
  /// \param width of the box, which begins at the columns' corner
  /// \param kept  receives the ids of all candidates on the hull, and of a few others
  void run(const BoxColumns<D>& all, const std::array<double, D>& width, std::vector<std::uint32_t>& kept) {
    all_ = &all;
    width_ = width;
    rounding_ = all.precision.rounding;
    hull_.precision = all.precision;
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

  /// The number of means that are tried. More of them save programs, each of which costs as much as a hundred tries.
  static constexpr std::size_t kRecent = 64;

  /// How far from c a cheaper candidate is looked for, in positions. Nearly all of the hull is found within this range.
  static constexpr std::size_t kNear = 2048;

  /// A candidate must be above a mean by this many roundings to be dropped.
  static constexpr double kEnough = 4;

  void sift(std::size_t first, std::vector<std::uint32_t>& kept) {
    const Block<D> block(*all_, first);
    const auto size = std::min(all_->size() - first, kLanes);
    auto left = drop_by_recent(block, (1U << size) - 1);
    while (left != 0) {
      const auto lane = static_cast<std::size_t>(std::countr_zero(left));
      left &= left - 1;
      if (hull_.beats(*all_, first + lane, width_)) continue;
      unsigned above = 0;
      if (!is_known_[first + lane] && is_above(first + lane)) {
        above = recent_.front().above(block, width_, kEnough * rounding_);
        left &= ~above;
      }
      if (!(above >> lane & 1)) kept.push_back(all_->id(first + lane));
    }
  }

  /// Takes the candidates out of the set that are above a recent mean. Such a mean moves to the front.
  unsigned drop_by_recent(const Block<D>& block, unsigned left) {
    for (std::size_t m = 0; m < recent_.size() && left != 0; ++m) {
      const auto above = recent_[m].above(block, width_, kEnough * rounding_) & left;
      left &= ~above;
      if (above != 0 && m > 0) std::swap(recent_[m], recent_[m / 2]);
    }
    return left;
  }

  /// Notes that a candidate is on the hull, or nearly so. Others are compared with it from now on.
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

  /// Whether the candidate is above the hull all over the box. If so, the first of the recent means is below it there.
  /// The program is solved to the end, because the best mean for one candidate rules out many.
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
  double unit_ = 1;  ///< Scales costs in the program to the order of one, because its thresholds are absolute.
  std::vector<std::uint8_t> is_known_;
  std::vector<Mixture<D>> recent_;
};

}  // namespace sorsweep
