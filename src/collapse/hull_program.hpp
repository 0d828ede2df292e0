/// \file
/// The linear program of the hull filter (hull_filter.hpp).
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>

namespace sorsweep {

/// Minimises t such that t ≥ f_c(u) − f_j(u) for the candidates j seen so far, with u in the unit cube. It is a dual
/// simplex that starts from one candidate and the corner where c is nearest to it. Each constraint is
/// normal · (u, t) ≥ bound.
template <int D>
class HullProgram {
 public:
  static constexpr std::size_t kRows = D + 1;
  using Vector = std::array<double, kRows>;

  /// \param difference slope of f_j − f_c along each axis, across the whole box
  /// \param excess     f_c − f_j at the lowest corner
  HullProgram(std::size_t j, const Vector& difference, double excess) {
    who_.fill(kNobody);
    who_[D] = j;
    bound_[D] = excess;
    inverse_[D][D] = 1;
    for (std::size_t a = 0; a < D; ++a) {
      const bool far = difference[a] > 0;  // at the upper end c is nearest to j
      bound_[a] = far ? -1 : 0;
      inverse_[a][a] = far ? -1 : 1;
      inverse_[D][a] = std::abs(difference[a]);
    }
    solve();
  }

  double u(std::size_t axis) const { return vertex_[axis]; }
  double t() const { return vertex_[D]; }

  /// Returns a multiplier. It is not below zero, except for rounding.
  double weight(std::size_t row) const { return inverse_[D][row]; }
  /// Returns how much a multiplier grows with c's slope along an axis. The vertex stays the best as long as no
  /// multiplier falls below zero.
  double growth(std::size_t row, std::size_t axis) const { return inverse_[axis][row]; }
  /// Returns the candidate that a multiplier belongs to, or kNobody for a side of the cube.
  std::size_t who(std::size_t row) const { return who_[row]; }
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

  /// Moves to the vertex at which the constraint holds. \return false if rounding makes that impossible
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

  /// Enters the side of the cube that the vertex is outside of. \return nothing if there is none, else as `enter`
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

  std::array<Vector, kRows> inverse_{};  ///< Inverse of the matrix of active normals.
  Vector bound_{};
  Vector vertex_{};
  std::array<std::size_t, kRows> who_{};
};

}  // namespace sorsweep
