// The sections `fees`, `model` and `objective`: what the model and the execution assume.
#include <fmt/format.h>

#include "config/config_parts.hpp"

namespace sorsweep {
namespace {

using cont_kukanov::Solver;

constexpr std::int64_t kMostSamples = 1'000'000;
constexpr std::int64_t kMostVenues = 16;
constexpr std::int64_t kMostCandidates = 100'000'000;
constexpr std::int64_t kMostTicks = 1'000'000;

Fees read_fees_of(const YamlNode& node, const std::string& name, Fees fees) {
  const Section section(node, name, {"take", "make_rebate"});
  if (const auto* take = section.find("take")) fees.take = nano_of(*take, section.full("take"));
  if (const auto* rebate = section.find("make_rebate"))
    fees.make_rebate = nano_of(*rebate, section.full("make_rebate"));
  return fees;
}

std::uint32_t publisher_of(const std::string& key, const std::string& place) {
  const auto publisher = parse_decimal_exact(key);
  if (!publisher || *publisher < 0 || *publisher % kNanoPerDollar != 0 || *publisher / kNanoPerDollar > UINT32_MAX)
    throw Error(Exit::usage, fmt::format("{}: fees.publishers: «{}» is not a publisher id", place, key), "",
                "write the number that the data has, like 2");
  return static_cast<std::uint32_t>(*publisher / kNanoPerDollar);
}

void read_queues(const Section& section, OutflowOptions& outflow) {
  if (const auto* queue_model = section.find("queue_model"))
    outflow.queue_model = static_cast<QueueModel>(choice_of(*queue_model, "model.queue_model", kQueueModelNames));
  if (const auto* depletion = section.find("depletion"))
    outflow.depletion = static_cast<Depletion>(choice_of(*depletion, "model.depletion", kDepletionNames));
  if (const auto* age = section.find("depletion_age"))
    outflow.depletion_age_ns = duration_of(*age, "model.depletion_age", 0);
}

void read_samples(const Section& section, SliceModel& model) {
  const auto count = [&](const char* key, std::size_t& value, std::int64_t most) {
    if (const auto* node = section.find(key))
      value = static_cast<std::size_t>(integer_of(*node, section.full(key), 1, most));
  };
  count("samples", model.samples, kMostSamples);
  count("min_samples", model.min_samples, kMostSamples);
  count("venues_max", model.venues_max, kMostVenues);
  if (const auto* stride = section.find("sample_stride"))
    model.sample_stride_ns = duration_of(*stride, "model.sample_stride", 1);
  if (model.min_samples > model.samples)
    refuse_at(section.node(),
              fmt::format("model.min_samples is {}, model.samples {}", model.min_samples, model.samples),
              "every slice would be cold");
}

void read_prices(const Section& section, SliceModel& model) {
  if (const auto* half_spread = section.find("half_spread"); half_spread && !is_word(*half_spread, "book"))
    model.half_spread = nano_of(*half_spread, "model.half_spread", 0);
  if (const auto* tick = section.find("tick")) model.tick = nano_of(*tick, "model.tick", 0, kMostDollars / 1000);
  if (const auto* ticks = section.find("impact_ticks"))
    model.impact_ticks = integer_of(*ticks, "model.impact_ticks", 0, kMostTicks);
}

}  // namespace

FeeTable read_fees(const YamlNode& node) {
  const Section section(node, "fees", {"default", "publishers"});
  FeeTable fees;
  if (const auto* standard = section.find("default")) fees.standard = read_fees_of(*standard, "fees.default", {});
  const auto* publishers = section.find("publishers");
  if (publishers == nullptr) return fees;
  if (publishers->kind != YamlNode::Kind::map)
    refuse_at(*publishers, "fees.publishers must be a map", "", "write it like {2: {take: 0.003, make_rebate: 0.002}}");
  for (std::size_t i = 0; i < publishers->keys.size(); ++i) {
    const auto& key = publishers->keys[i];
    fees.publishers[publisher_of(key, publishers->key_places[i])] =
        read_fees_of(publishers->values[i], "fees.publishers." + key, fees.standard);
  }
  return fees;
}

void read_model(const YamlNode& node, SliceSettings& slices) {
  const Section section(
      node, "model",
      {"solver", "max_candidates", "queue_model", "depletion", "depletion_age", "samples", "sample_stride",
       "min_samples", "venues_max", "half_spread", "max_quote_age", "impact_ticks", "tick", "latency_ns"});
  auto& model = slices.model;
  for (const auto* key : {"solver", "max_candidates"})
    if (const auto* unused = section.find(key); unused && slices.registered)
      refuse_at(*unused, fmt::format("the router {} has no use for model.{}", slices.registered->name, key),
                "it decides by itself", "take it out");
  if (const auto* solver = section.find("solver"))
    slices.solver = static_cast<Solver>(choice_of(*solver, "model.solver", cont_kukanov::kSolverNames));
  if (const auto* most = section.find("max_candidates"))
    slices.max_candidates = static_cast<std::size_t>(integer_of(*most, "model.max_candidates", 1, kMostCandidates));
  read_queues(section, model.outflow);
  read_samples(section, model);
  read_prices(section, model);
  if (const auto* age = section.find("max_quote_age"); age && !is_word(*age, "none"))
    model.max_quote_age_ns = duration_of(*age, "model.max_quote_age", 1);
  if (const auto* latency = section.find("latency_ns"))
    model.latency_ns = integer_of(*latency, "model.latency_ns", 0, 60 * kNsPerSecond);
  if (slices.solver == Solver::closed_form && model.venues_max != 1)
    refuse_at(section.need("solver"), fmt::format("model.venues_max is {}", model.venues_max),
              "the closed form knows one exchange", "set venues_max: 1, or take another solver");
}

Objective read_objective(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::map) {
    const Section section(node, "objective", {"mean_plus_std"});
    const auto& weight = section.need("mean_plus_std");
    return {Objective::Kind::mean_plus_std, to_dollars(nano_of(weight, "objective.mean_plus_std", 0))};
  }
  constexpr std::array<std::string_view, 4> words = {"total_cost", "slippage_bps", "mean_plus_std", "worst_day"};
  const auto kind = static_cast<Objective::Kind>(choice_of(node, "objective", words));
  if (kind == Objective::Kind::mean_plus_std)
    refuse_at(node, "objective: mean_plus_std lacks its weight", "", "write it like {mean_plus_std: 0.5}");
  return {kind, 0};
}

}  // namespace sorsweep
