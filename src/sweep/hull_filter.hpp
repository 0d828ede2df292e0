/// \file
/// Keeps the candidates on the lower hull over a box: those that are cheapest at some point of it.
///
/// Candidate c is cheapest somewhere iff min over x of max over j of f_c(x) − f_j(x) is not above zero: a linear program
/// in D + 1 unknowns. Where it is above zero, its multipliers are weights of other candidates whose mean is cheaper than
/// c all over the box. The mean of candidates is nowhere below the cheapest one, so it rules out whatever is above it
/// everywhere: one program in D + 1 unknowns drops c and, in lanes, many of its like. That holds for any weights, so the
/// program may be solved carelessly: rounding costs pruning, never a winner.
#pragma once

#include <cmath>
#include <optional>

#include "sweep/box_columns.hpp"

namespace sorsweep {

/// min t such that t ≥ f_c(u) − f_j(u) for the candidates j seen so far, u in the unit cube: dual simplex from one
/// candidate and the corner where c is nearest to it. Each constraint is normal · (u, t) ≥ bound.
template <int D>
class HullProgram {
 public:
  static constexpr std::size_t kRows = D + 1;
  using Vector = std::array<double, kRows>;

  /// \param difference slopes of f_j − f_c by axis, across the whole box; \param excess f_c − f_j at the lowest corner
  HullProgram(std::size_t j, const Vector& difference, double excess) {
    who_.fill(kNobody);
    who_[D] = j;
    bound_[D] = excess;
    inverse_[D][D] = 1;
    for (std::size_t a = 0; a < D; ++a) {
      const bool far = difference[a] > 0;  // c is nearest to j at the upper end
      bound_[a] = far ? -1 : 0;
      inverse_[a][a] = far ? -1 : 1;
      inverse_[D][a] = std::abs(difference[a]);
    }
    solve();
  }

  double u(std::size_t axis) const { return vertex_[axis]; }
  double t() const { return vertex_[D]; }

  /// Multipliers, not below zero but for rounding, and whose they are (kNobody: a side of the cube).
  double weight(std::size_t row) const { return inverse_[D][row]; }
  std::size_t who(std::size_t row) const { return who_[row]; }
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

  /// Moves to the vertex where the constraint holds. \returns false where that is not possible: rounding
  bool enter(std::size_t j, const Vector& normal, double bound) {
    Vector alpha{};
    for (std::size_t k = 0; k < kRows; ++k)
      for (std::size_t i = 0; i < kRows; ++i) alpha[k] += normal[i] * inverse_[i][k];
    std::size_t leaving = kRows;
    for (std::size_t k = 0; k < kRows; ++k) {
      if (alpha[k] <= kTiny) continue;
      if (leaving == kRows || weight(k) * alpha[leaving] < weight(leaving) * alpha[k]) leaving = k;
    }
    if (leaving == kRows) return false;
    for (auto& row : inverse_) {
      const double pivot = row[leaving] / alpha[leaving];
      for (std::size_t k = 0; k < kRows; ++k) row[k] -= pivot * alpha[k];
      row[leaving] = pivot;
    }
    bound_[leaving] = bound;
    who_[leaving] = j;
    solve();
    return true;
  }

  /// Enters the side of the cube that the vertex is outside of, if there is one.
  std::optional<bool> enter_side() {
    for (std::size_t a = 0; a < D; ++a) {
      if (u(a) >= -kOutside && u(a) <= 1 + kOutside) continue;
      Vector normal{};
      normal[a] = u(a) < 0 ? 1 : -1;
      return enter(kNobody, normal, u(a) < 0 ? 0 : -1);
    }
    return std::nullopt;
  }

 private:
  static constexpr double kTiny = 1e-12;
  static constexpr double kOutside = 1e-9;

  void solve() {
    for (std::size_t i = 0; i < kRows; ++i) {
      vertex_[i] = 0;
      for (std::size_t k = 0; k < kRows; ++k) vertex_[i] += inverse_[i][k] * bound_[k];
    }
  }

  std::array<Vector, kRows> inverse_{};  ///< of the matrix of active normals
  Vector bound_{};
  Vector vertex_{};
  std::array<std::size_t, kRows> who_{};
};

template <int D>
class HullFilter {
 public:
  /// Drops from `all` what is above the hull by more than `rounding` all over the box that begins at the columns'
  /// corner. \param ids largest id + 1
  void run(BoxColumns<D>& all, const std::array<double, D>& width, double rounding, std::size_t ids) {
    all_ = &all;
    width_ = width;
    rounding_ = rounding;
    unit_ = std::ldexp(1 / rounding, -43);
    known_.assign(ids, 0);
    hull_.resize(0);
    std::array<double, D> centre;
    for (std::size_t a = 0; a < D; ++a) centre[a] = width[a] / 2;
    learn(all.cheapest(centre));
    for (std::size_t position = 0; position < all.size();) {
      if (known_[all.id(position)] || !is_above(position)) {
        known_[all.id(position)] = 1;
        ++position;
        continue;
      }
      const auto id = all.id(position);
      all.drop_above(position, mean_, width_, rounding_);
      if (position < all.size() && all.id(position) == id) known_[id] = 1;  // a hair above: kept
    }
  }

 private:
  using Program = HullProgram<D>;
  static constexpr int kMostPivots = 40;

  /// The candidate is on the hull: others are compared with it from now on.
  void learn(std::size_t position) {
    known_[all_->id(position)] = 1;
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

  /// Whether the candidate is above the hull all over the box; if so mean_ is below it there.
  bool is_above(std::size_t c) {
    Program program(0, normal(0, c), excess(0, c));
    for (int pivots = 0; pivots < kMostPivots; ++pivots) {
      if (program.t() > kEnough * rounding_ * unit_) return take_mean(program);
      if (const auto entered = program.enter_side()) {
        if (!*entered) return false;
        continue;
      }
      auto j = next_constraint(program, c, hull_);
      if (!j) {
        const auto other = next_constraint(program, c, *all_);
        if (!other) return false;
        learn(*other);
        j = hull_.size() - 1;
      }
      if (!program.enter(*j, normal(*j, c), excess(*j, c))) return false;
    }
    return false;
  }

  /// Who is cheapest at the vertex, if clearly below f_c − t there.
  std::optional<std::size_t> next_constraint(const Program& program, std::size_t c, const BoxColumns<D>& among) const {
    std::array<double, D> at;
    for (std::size_t a = 0; a < D; ++a) at[a] = program.u(a) * width_[a];
    const auto j = among.cheapest(at);
    if (among.cost_at(j, at) >= all_->cost_at(c, at) - program.t() / unit_ - rounding_) return std::nullopt;
    return j;
  }

  bool take_mean(const Program& program) {
    mean_ = {};
    double total = 0;
    for (std::size_t row = 0; row < Program::kRows; ++row) {
      if (program.who(row) == Program::kNobody || program.weight(row) <= 0) continue;
      const double weight = program.weight(row);
      total += weight;
      mean_[0] += weight * hull_.cost()[program.who(row)];
      for (int a = 0; a < D; ++a) mean_[static_cast<std::size_t>(a) + 1] += weight * hull_.slope(a)[program.who(row)];
    }
    if (!(total > 0)) return false;
    for (auto& value : mean_) value /= total;
    return true;
  }

  static constexpr double kEnough = 4;

  BoxColumns<D>* all_ = nullptr;
  BoxColumns<D> hull_;
  std::array<double, D> width_{};
  double rounding_ = 0;
  double unit_ = 1;  ///< costs in the program are of the order of one: its thresholds are absolute
  std::vector<std::uint8_t> known_;  ///< by id: on the hull, or kept
  typename BoxColumns<D>::Plane mean_{};
};

}  // namespace sorsweep
