#include "config/config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/config_parts.hpp"
#include "config/yaml_text.hpp"
#include "core/files.hpp"
#include "core/text.hpp"
#include "sorsweep/router/router.hpp"

namespace sorsweep {
namespace {

/// Reads a list such as `[fills, square]`.
std::vector<Metric> read_metrics(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::list)
    refuse_at(node, "run.metrics must be a list", "", "write it like [fills, square]");
  std::vector<std::string_view> words;
  for (const auto& metric : sorsweep::metrics())
    if (words.empty() || words.back() != metric.word) words.push_back(metric.word);
  std::vector<Metric> metrics;
  std::vector<std::size_t> seen;
  for (const auto& item : node.items) {
    const auto chosen = choice_of(item, "run.metrics", words);
    if (std::ranges::find(seen, chosen) != seen.end())
      refuse_at(item, fmt::format("run.metrics has «{}» twice", item.scalar));
    seen.push_back(chosen);
    for (std::size_t m = 0; m < sorsweep::metrics().size(); ++m)
      if (sorsweep::metrics()[m].word == words[chosen]) metrics.push_back(static_cast<Metric>(m));
  }
  std::ranges::sort(metrics);  // The user's order would change the run's id and nothing else.
  return metrics;
}

std::string read_router(const YamlNode& node) {
  std::vector<std::string_view> names;
  for (const auto& router : routers()) names.push_back(router.name);
  return routers()[choice_of(node, "router", names)].name;
}

/// Reads the sections that only some routers have.
void read_model_sections(const Section& section, Config& config) {
  const auto& router = *find_router(config.router);
  const auto* fees = section.find("fees");
  const auto* model = section.find("model");
  const auto* objective = section.find("objective");
  const auto refuse_unused = [&](const YamlNode* node, const char* key) {
    if (node)
      refuse_at(*node, fmt::format("the router {} has no use for {}", config.router, key), "it would be ignored",
                "take it out");
  };
  if (!router.has_fees) refuse_unused(fees, "fees");
  if (fees) config.slices.fees = read_fees(*fees);
  if (!router.is_sliced) {
    refuse_unused(model, "model");
    refuse_unused(objective, "objective");
    return;
  }
  config.slices.registered = router.decide ? &router : nullptr;
  if (model) read_model(*model, config.slices);
  config.objective = objective ? read_objective(*objective) : Objective{Objective::Kind::slippage_bps, 0};
}

/// Refuses an order whose table of placements under the solver `exact` would be too large. \throws Error (resources)
void check_candidates(const Config& config) {
  const auto& slices = config.slices;
  if (is_sliced(config) && !slices.registered && slices.solver == cont_kukanov::Solver::exact)
    cont_kukanov::check_candidates(most_lots_of_a_slice(config), slices.model.venues_max, slices.max_candidates);
}

}  // namespace

Config read_point(const YamlNode& root) {
  const Section section(root, "",
                        {"store", "symbols", "days", "pinned_days", "router", "order", "grid", "structural", "fees",
                         "model", "objective", "run"});
  Config config;
  config.store = scalar_of(section.need("store"), "store");
  if (const auto* symbols = section.find("symbols")) config.symbols = read_symbols(*symbols);
  if (const auto* days = section.find("days")) config.days = read_days(*days);
  if (const auto* pinned = section.find("pinned_days")) config.pinned_days = read_pinned_days(*pinned);
  config.router = read_router(section.need("router"));
  read_order(section.need("order"), config);
  read_model_sections(section, config);
  config.grid = read_grid(section.need("grid"), config);
  if (const auto* run = section.find("run")) config.run = read_run(*run);
  check_candidates(config);
  return config;
}

RunConfig read_run(const YamlNode& node) {
  const Section section(node, "run", {"out", "threads", "memory", "surfaces", "metrics"});
  RunConfig run;
  if (const auto* out = section.find("out")) run.out = scalar_of(*out, "run.out");
  if (const auto* threads = section.find("threads"); threads && !is_word(*threads, "auto"))
    run.threads = static_cast<int>(integer_of(*threads, "run.threads", 1, kMostThreads));
  if (const auto* memory = section.find("memory"); memory && !is_word(*memory, "auto")) {
    const auto bytes = parse_bytes(scalar_of(*memory, "run.memory"));
    if (!bytes || *bytes == 0)
      refuse_at(*memory, fmt::format("run.memory: «{}» is no size", memory->scalar), "", "write it like 4GiB");
    run.memory = *bytes;
  }
  if (const auto* surfaces = section.find("surfaces"))
    run.surfaces = static_cast<KeepSurfaces>(choice_of(*surfaces, "run.surfaces", kKeepSurfacesNames));
  if (const auto* metrics = section.find("metrics")) run.metrics = read_metrics(*metrics);
  return run;
}

std::int64_t most_lots_of_a_slice(const Config& config) {
  const auto& order = config.slices.order;
  const auto slices = (*config.order.end_ns - *config.order.start_ns) / order.slice_ns;
  return (order.shares / order.lot + slices - 1) / slices;
}

bool is_sliced(const Config& config) {
  return find_router(config.router)->is_sliced;
}

std::unique_ptr<Backtest> make_backtest(const Config& config, const Grid& grid) {
  if (config.router == "notebook") return make_notebook_backtest(grid, static_cast<double>(config.order.shares));
  if (config.router == "static_split") return make_static_split_backtest(grid, config.order.shares, config.slices.fees);
  return make_slice_backtest(grid, config.slices);
}

std::vector<Config> read_configs(const std::filesystem::path& path, const std::vector<std::string>& sets) {
  auto root = parse_yaml(path.string(), read_file(path, Exit::usage, kMostConfigBytes));
  for (const auto& assignment : sets) set_value(root, assignment);
  return read_structural_points(root);
}

}  // namespace sorsweep
