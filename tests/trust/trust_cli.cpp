// Reads a matrix and prints as JSON what the room trust makes of it, for trust_test.py. It can also measure the time of
// the probability of overfitting.
//
//   trust_cli FILE [STD_WEIGHT [SEED [BLOCK]]]   Each line has a number or a name, then a figure a day. A number is a
//                                                point, the name runner_up is that, any other name is a yardstick.
//   trust_cli --time ROWS DAYS [STD_WEIGHT]      seconds of one thread, on noise
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>

#include "core/split_mix.hpp"
#include "trust/verdict.hpp"

using namespace sorsweep;
using namespace sorsweep::trust;

namespace {

struct Matrix {
  Outcomes outcomes;
  Question question;
};

Matrix read(const char* path) {
  Matrix matrix;
  std::vector<std::vector<double>> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    std::string name;
    std::getline(cells, name, ',');
    std::vector<double> values;
    for (std::string cell; std::getline(cells, cell, ',');) values.push_back(std::strtod(cell.c_str(), nullptr));
    if (name.find_first_not_of("0123456789") == std::string::npos) {
      matrix.outcomes.points.push_back(std::stoul(name));
      rows.push_back(values);
    } else if (name == "runner_up") {
      matrix.question.runner_up = DaySeries{name, values};
    } else {
      matrix.question.yardsticks.push_back({name, values});
    }
  }
  for (std::size_t d = 0; d < rows.at(0).size(); ++d)
    for (const auto& row : rows) matrix.outcomes.values.push_back(row.at(d));
  return matrix;
}

std::string json(const WalkForwardStep& step) {
  return fmt::format(
      R"({{"day": {}, "point": {}, "in_sample": {:.17g}, "out_of_sample": {:.17g}, "hindsight": {:.17g}}})", step.day,
      step.point, step.in_sample, step.out_of_sample, step.hindsight);
}

std::string json(const Comparison& comparison) {
  const auto& interval = comparison.interval;
  return fmt::format(
      R"({{"name": "{}", "out_of_sample": {}, "mean": {:.17g}, "low": {:.17g}, "high": {:.17g}, "share": {:.17g}, )"
      R"("block": {:.17g}, "skipped": "{}", "standing": "{}"}})",
      comparison.name, comparison.out_of_sample, interval.mean, interval.low, interval.high,
      interval.share_not_below_zero, interval.mean_block_days, interval.skipped, to_string(comparison.standing));
}

template <class T>
std::string json_list(const std::vector<T>& items) {
  std::vector<std::string> texts;
  for (const auto& item : items) texts.push_back(json(item));
  return fmt::format("[{}]", fmt::join(texts, ",\n  "));
}

void print(const Trust& trust, const Outcomes& merged) {
  fmt::print("{{\"points\": [{}], \"counts\": [{}],\n", fmt::join(merged.points, ", "), fmt::join(merged.counts, ", "));
  fmt::print(" \"best_point\": {}, \"best_score\": {:.17g}, \"ties\": {},\n", trust.best_point, trust.best_score,
             trust.ties);
  fmt::print(" \"steps\": {},\n \"mean_out_of_sample\": {:.17g},\n", json_list(trust.walk_forward.steps),
             trust.walk_forward.mean_out_of_sample);
  const auto& pbo = trust.overfitting;
  fmt::print(" \"pbo\": {:.17g}, \"mean_logit\": {:.17g}, \"splits\": {}, \"groups\": {}, \"pbo_skipped\": \"{}\",\n",
             pbo.probability, pbo.mean_logit, pbo.splits, pbo.groups, pbo.skipped);
  fmt::print(" \"comparisons\": {},\n \"verdict\": [\"{}\"]}}\n", json_list(trust.comparisons),
             fmt::join(trust.verdict, "\", \""));
}

int take_time(std::size_t rows, std::size_t days, double std_weight) {
  Outcomes noise;
  for (std::size_t r = 0; r < rows; ++r) noise.points.push_back(r);
  for (std::size_t i = 0; i < rows * days; ++i) noise.values.push_back(to_unit_interval(split_mix_at(1, i)));
  const auto begin = std::chrono::steady_clock::now();
  const auto merged = distinct(noise);
  const auto middle = std::chrono::steady_clock::now();
  const auto result = overfitting(merged, {std_weight});
  const std::chrono::duration<double> merging = middle - begin;
  const std::chrono::duration<double> splitting = std::chrono::steady_clock::now() - middle;
  fmt::print("{} outcomes, {} splits of {} groups: merged in {:.3f} s, PBO {:.4f} in {:.3f} s {}\n", result.outcomes,
             result.splits, result.groups, merging.count(), result.probability, splitting.count(), result.note);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 3 && std::string_view(argv[1]) == "--time")
    return take_time(std::stoul(argv[2]), std::stoul(argv[3]), argc > 4 ? std::stod(argv[4]) : 0);
  if (argc < 2) return 2;
  auto matrix = read(argv[1]);
  if (argc > 2) matrix.question.score.std_weight = std::stod(argv[2]);
  if (argc > 3) matrix.question.bootstrap.seed = std::stoull(argv[3]);
  if (argc > 4) matrix.question.bootstrap.mean_block_days = std::stod(argv[4]);
  print(judge(matrix.outcomes, matrix.question), distinct(matrix.outcomes));
  return 0;
}
