// The paper's printed example, thresholds, and two-exchange instances (docs/model.md, "Checked against the paper").
#include <array>
#include <cmath>
#include <random>

#include "catch_compat.hpp"
#include "router/one_exchange.hpp"
#include "router/pool.hpp"
#include "router/stochastic.hpp"
#include "router/two_exchanges.hpp"

using namespace sorsweep;
using namespace sorsweep::cont_kukanov;

namespace {

const OneExchange kPaper{1000, 2000, .02, .003, .002, 0};

Law poisson(double mean) {
  const auto cdf = [mean](double x) {
    double sum = 0;
    for (int k = 0; k <= static_cast<int>(std::floor(x)); ++k)
      sum += std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
    return sum;
  };
  return {cdf, [cdf](double p) {
            int low = 0, high = 10'000;
            while (low < high) {
              const int middle = (low + high) / 2;
              cdf(middle) >= p ? high = middle : low = middle + 1;
            }
            return static_cast<double>(low);
          }};
}

Law exponential(double mean) {
  return {[mean](double x) { return 1 - std::exp(-x / mean); }, [mean](double p) { return -mean * std::log1p(-p); }};
}

/// The Pareto law with tail index 5 from x0 on: F(x) = 1 − (x0/x)^5, x0 = mean·4/5.
Law pareto(double mean) {
  const double least = mean * 4 / 5;
  return {[=](double x) { return x < least ? 0 : 1 - std::pow(least / x, 5); },
          [=](double p) { return least * std::pow(1 - p, -0.2); }};
}

}  // namespace

TEST_CASE("the paper's example: Poisson(2200)", "[router][paper]") {
  const auto split = solve_one_exchange(kPaper, poisson(2200), .026);
  CHECK(split.market == 728);
  CHECK(split.limit == 272);
}

TEST_CASE("thresholds and L* of three laws", "[router][paper]") {
  struct Row {
    Law law;
    double lo, hi, limit;
  };
  for (const auto& row : {Row{exponential(2200), .03846, .05336, 450.03},
                          Row{exponential(2500), .04240, .05972, 784.13}, Row{pareto(2200), .02636, .07328, 199.09}}) {
    const auto [lo, hi] = split_thresholds(kPaper, row.law);
    CHECK(lo == Approx(row.lo).margin(6e-6));
    CHECK(hi == Approx(row.hi).margin(6e-6));
    CHECK(solve_one_exchange(kPaper, row.law, .045).limit == Approx(row.limit).margin(.006));
    CHECK(solve_one_exchange(kPaper, row.law, lo - 1e-9).limit == 1000);
    CHECK(solve_one_exchange(kPaper, row.law, hi + 1e-9).market == 1000);
  }
}

TEST_CASE("an empirical law: its closed form is the sample average's minimum", "[router][paper]") {
  std::mt19937_64 random(3);
  std::poisson_distribution<int> draw(2200);
  std::vector<double> samples(501);
  for (auto& x : samples) x = draw(random);
  const auto split = solve_one_exchange(kPaper, empirical_law(samples), .026);
  const Instance instance{1000, .02, .003, .024, .026, 0, {2000}, {.002}};
  const auto average = [&](double limit) {
    double sum = 0;
    for (const double x : samples) sum += cost(instance, {1000 - limit, {limit}}, std::span(&x, 1));
    return sum;
  };
  for (int limit = 0; limit <= 1000; ++limit) CHECK(average(split.limit) <= average(limit) + 1e-9);
}

namespace {

struct TwoRow {
  TwoExchanges e;
  double market, limit1, limit2, value;
};

const std::array<TwoRow, 3> kRows = {{
    {{3721.41242, {2529.58494, 1166.8472}, {4292.31229, 2289.55624}, {.0027, .00172}, .02, .003, .06002, .0988},
     1091.358,
     2303.434,
     2308.493,
     73.508787},
    {{2065.35228, {1539.0432, 596.15118}, {1864.21177, 1693.39506}, {.00331, .00093}, .02, .003, .05087, .12244},
     215.425,
     1009.047,
     1746.298,
     35.435258},
    {{2338.9594, {215.67467, 811.27433}, {2974.60573, 2513.46575}, {.0012, .0038}, .02, .003, .09804, .0841},
     34.833,
     2050.577,
     1323.878,
     29.232228},
}};

/// Returns E[min(L, (ξ−Q)+)] of an exponential ξ.
double mean_fill(double queue, double mean, double limit) {
  return mean * (std::exp(-queue / mean) - std::exp(-(queue + limit) / mean));
}

/// Returns E[(c − fill)+], which is the integral of P(fill ≤ t) from 0 to c.
double mean_short(double c, double queue, double mean, double limit) {
  if (c <= 0) return 0;
  const double inside = std::min(c, limit);
  return inside - mean * (std::exp(-queue / mean) - std::exp(-(queue + inside) / mean)) + std::max(0.0, c - limit);
}

/// Returns E[v], exact except for Simpson's rule over the fill of the first queue. It does not use the closed form.
double expected_cost(const TwoExchanges& e, double theta, double market, double l1, double l2) {
  const double want = e.shares - market;
  const auto short_after = [&](double fill) { return mean_short(want - fill, e.queue[1], e.mean[1], l2); };
  const auto density = [&](double y) { return std::exp(-(e.queue[0] + y) / e.mean[0]) / e.mean[0]; };
  // The integrand has a kink where the second queue alone could just fill what is left.
  const double kink = std::clamp(want - l2, 0.0, l1);
  const auto simpson = [&](double from, double to) {
    constexpr int n = 400;
    const double step = (to - from) / n;
    double sum = 0;
    for (int i = 0; i <= n; ++i) {
      const double y = from + i * step;
      sum += (i == 0 || i == n ? 1 : i % 2 ? 4 : 2) * density(y) * short_after(y);
    }
    return sum * step / 3;
  };
  const double under = (1 - std::exp(-e.queue[0] / e.mean[0])) * short_after(0) + simpson(0, kink) + simpson(kink, l1) +
                       std::exp(-(e.queue[0] + l1) / e.mean[0]) * short_after(l1);
  const double fill1 = mean_fill(e.queue[0], e.mean[0], l1), fill2 = mean_fill(e.queue[1], e.mean[1], l2);
  const double over = under + market + fill1 + fill2 - e.shares;
  return (e.half_spread + e.taker_fee) * market - (e.half_spread + e.rebate[0]) * fill1 -
         (e.half_spread + e.rebate[1]) * fill2 + theta * (market + l1 + l2 + under) + e.lambda_under * under +
         e.lambda_over * over;
}

}  // namespace

TEST_CASE("two exchanges: the closed form meets the table and is a minimum", "[router][paper]") {
  for (const auto& row : kRows) {
    const auto x = solve_two_exchanges(row.e);
    REQUIRE(x.has_value());
    CHECK(x->market == Approx(row.market).margin(.5));
    CHECK(x->limit[0] == Approx(row.limit1).margin(.5));
    CHECK(x->limit[1] == Approx(row.limit2).margin(.5));
    const double least = expected_cost(row.e, 0, x->market, x->limit[0], x->limit[1]);
    CHECK(least == Approx(row.value).margin(.005));  // inputs are rounded: 5e-6 of λ_u alone moves V by .002
    for (int m = -1; m <= 1; ++m)
      for (int a = -1; a <= 1; ++a)
        for (int b = -1; b <= 1; ++b)
          CHECK(expected_cost(row.e, 0, x->market + 5 * m, x->limit[0] + 5 * a, x->limit[1] + 5 * b) >= least - 1e-9);
  }
}

TEST_CASE("two exchanges: the optimality equations hold by Monte Carlo", "[router][paper]") {
  for (const auto& row : kRows) {
    const auto& e = row.e;
    const auto x = solve_two_exchanges(e);
    std::mt19937_64 random(17);
    std::array<std::exponential_distribution<double>, 2> draw{std::exponential_distribution<double>(1 / e.mean[0]),
                                                              std::exponential_distribution<double>(1 / e.mean[1])};
    constexpr int samples = 400'000;
    double is_short = 0;
    std::array<double, 2> filled{}, short_and_filled{};
    for (int n = 0; n < samples; ++n) {
      std::array<double, 2> outflow{};
      double got = x->market;
      for (std::size_t k = 0; k < 2; ++k) {
        outflow[k] = draw[k](random);
        got += std::min(x->limit[k], std::max(0.0, outflow[k] - e.queue[k]));
      }
      const bool under = got < e.shares;
      is_short += under;
      for (std::size_t k = 0; k < 2; ++k) {
        const bool all = outflow[k] > e.queue[k] + x->limit[k];
        filled[k] += all;
        short_and_filled[k] += all && under;
      }
    }
    const double penalties = e.lambda_under + e.lambda_over;
    CHECK(is_short / samples == Approx((e.half_spread + e.taker_fee + e.lambda_over) / penalties).margin(.004));
    for (std::size_t k = 0; k < 2; ++k)
      CHECK(short_and_filled[k] / filled[k] ==
            Approx((e.lambda_over - e.half_spread - e.rebate[k]) / penalties).margin(.006));
  }
}

TEST_CASE("row 1 with θ: the pool solver on samples comes close to the minimum", "[router][paper]") {
  const auto& e = kRows[0].e;
  constexpr double theta = .0005, value = 76.786831;
  CHECK(expected_cost(e, theta, 1257.59, 2102.93, 2047.45) == Approx(value).margin(2e-6));
  SliceProblem problem{3721, 1, 20'000'000, 3'000'000, {{2530, 2'700'000, {}}, {1167, 1'720'000, {}}}};
  std::mt19937_64 random(5);
  for (std::size_t k = 0; k < 2; ++k) {
    std::exponential_distribution<double> draw(1 / e.mean[k]);
    for (int n = 0; n < 4000; ++n) problem.queues[k].outflow.push_back(std::llround(draw(random)));
  }
  const auto x = solve_pool(problem, {98'800'000, 60'020'000, 500'000});
  const double reached = expected_cost(e, theta, double(x.market), double(x.limits[0]), double(x.limits[1]));
  CHECK(reached == Approx(value).epsilon(.002));
}
