#include "app/config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/config_parts.hpp"
#include "sorsweep/core/files.hpp"
#include "sorsweep/core/text.hpp"
#include "sorsweep/router/router.hpp"

namespace sorsweep {
namespace {

constexpr int kMostThreads = 4096;
constexpr std::size_t kMostStructuralPoints = 1000;
constexpr std::array<const char*, 14> kStructuralKeys = {
    "slice",   "lot",           "shares",      "solver",     "queue_model",  "depletion", "depletion_age",
    "samples", "sample_stride", "min_samples", "venues_max", "impact_ticks", "tick",      "latency_ns"};

/// `[fills, square]`
std::vector<Metric> read_metrics(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::list)
    refuse_at(node, "run.metrics must be a list", "", "write it like [fills, square]");
  std::vector<Metric> metrics;
  for (const auto& item : node.items) {
    constexpr std::array<std::string_view, 2> words = {"fills", "square"};
    const bool is_square = choice_of(item, "run.metrics", words) == 1;
    const auto wanted = is_square ? std::vector{Metric::square_high, Metric::square_low}
                                  : std::vector{Metric::market_shares, Metric::limit_shares, Metric::cleanup_shares,
                                                Metric::unwound_shares};
    if (std::ranges::find(metrics, wanted.front()) != metrics.end())
      refuse_at(item, fmt::format("run.metrics has «{}» twice", item.scalar));
    metrics.insert(metrics.end(), wanted.begin(), wanted.end());
  }
  return metrics;
}

/// Keys of `structural` and the sections that they belong to.
struct StructuralAxis {
  std::string section, key;
  std::vector<YamlNode> values;
};

std::vector<StructuralAxis> read_structural(const YamlNode& root) {
  const auto* node = root.find("structural");
  if (node == nullptr) return {};
  const Section section(*node, "structural", {kStructuralKeys.begin(), kStructuralKeys.end()});
  std::vector<StructuralAxis> axes;
  std::size_t points = 1;
  for (std::size_t i = 0; i < node->keys.size(); ++i) {
    const auto& key = node->keys[i];
    const auto& values = node->values[i];
    if (values.kind != YamlNode::Kind::list || values.items.empty())
      refuse_at(values, fmt::format("structural.{} must be a list of at least one", key));
    for (std::size_t v = 0; v < values.items.size(); ++v)
      for (std::size_t w = 0; w < v; ++w)
        if (scalar_of(values.items[v], key) == scalar_of(values.items[w], key))
          refuse_at(values.items[v], fmt::format("structural.{} has «{}» twice", key, values.items[v].scalar));
    const bool is_of_order = key == "slice" || key == "lot" || key == "shares";
    axes.push_back({is_of_order ? "order" : "model", key, values.items});
    points *= values.items.size();
    if (points > kMostStructuralPoints)
      refuse_at(*node, fmt::format("structural has more than {} points", kMostStructuralPoints), "",
                "each of them is a sweep of its own: take fewer");
  }
  return axes;
}

std::string read_router(const YamlNode& node) {
  std::vector<std::string_view> names;
  for (const auto& router : routers()) names.push_back(router.name);
  return routers()[choice_of(node, "router", names)].name;
}

/// Sections that only some routers have.
void read_model_sections(const Section& section, Config& config) {
  const auto& router = *find_router(config.router);
  const auto* fees = section.find("fees");
  const auto* model = section.find("model");
  const auto* objective = section.find("objective");
  const auto refuse_unused = [&](const YamlNode* node, const char* key) {
    if (node)
      refuse_at(*node, fmt::format("the router {} has no use for {}", config.router, key),
                "it would change nothing, without a word", "take it out");
  };
  if (!router.has_fees) refuse_unused(fees, "fees");
  if (fees) config.slices.fees = read_fees(*fees);
  if (!router.is_sliced) {
    refuse_unused(model, "model");
    refuse_unused(objective, "objective");
    return;
  }
  if (model) read_model(*model, config.slices);
  config.objective = objective ? read_objective(*objective) : Objective{Objective::Kind::slippage_bps, 0};
}

/// Whether the table of placements that `exact` needs is allowed. \throws Error (resources)
void check_candidates(const Config& config) {
  const auto& slices = config.slices;
  if (is_sliced(config) && slices.solver == cont_kukanov::Solver::exact)
    cont_kukanov::check_candidates(most_lots_of_a_slice(config), slices.model.venues_max, slices.max_candidates);
}

Config read_one(const YamlNode& root) {
  const Section section(
      root, "",
      {"store", "symbols", "days", "router", "order", "grid", "structural", "fees", "model", "objective", "run"});
  Config config;
  config.store = scalar_of(section.need("store"), "store");
  if (const auto* symbols = section.find("symbols")) config.symbols = read_symbols(*symbols);
  if (const auto* days = section.find("days")) config.days = read_days(*days);
  config.router = read_router(section.need("router"));
  read_order(section.need("order"), config);
  read_model_sections(section, config);
  config.grid = read_grid(section.need("grid"), config);
  if (const auto* run = section.find("run")) config.run = read_run(*run);
  check_candidates(config);
  return config;
}

/// Puts a value into a section of the config, over what is there.
void put(YamlNode& root, const std::string& section, const std::string& key, const YamlNode& value) {
  const auto child = [&](YamlNode& map, const std::string& name) -> YamlNode& {
    if (map.kind == YamlNode::Kind::null) map.kind = YamlNode::Kind::map;
    if (map.find(name) == nullptr) {
      map.keys.push_back(name);
      map.key_places.push_back(value.place);
      map.values.emplace_back();
      map.values.back().place = value.place;
    }
    return *map.find(name);
  };
  child(child(root, section), key) = value;
}

/// Calls `visit` with one value of each axis, for all combinations.
template <class Visit>
void for_each_choice(const std::vector<StructuralAxis>& axes, Visit&& visit) {
  std::vector<std::size_t> at(axes.size(), 0);
  while (true) {
    std::vector<const YamlNode*> choice;
    for (std::size_t a = 0; a < axes.size(); ++a) choice.push_back(&axes[a].values[at[a]]);
    visit(choice);
    auto a = axes.size();
    while (a > 0 && ++at[a - 1] == axes[a - 1].values.size()) at[--a] = 0;
    if (a == 0) return;
  }
}

}  // namespace

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
  auto root = parse_yaml(path.string(), read_file(path, Exit::usage));
  for (const auto& assignment : sets) set_value(root, assignment);
  const auto axes = read_structural(root);
  std::vector<Config> configs;
  for_each_choice(axes, [&](const std::vector<const YamlNode*>& choice) {
    auto chosen = root;
    for (std::size_t a = 0; a < axes.size(); ++a) put(chosen, axes[a].section, axes[a].key, *choice[a]);
    auto config = read_one(chosen);
    for (std::size_t a = 0; a < axes.size(); ++a) {
      config.structural.emplace_back(axes[a].key, choice[a]->scalar);
      config.structural_axes.emplace_back(axes[a].key, std::vector<std::string>());
      for (const auto& value : axes[a].values) config.structural_axes.back().second.push_back(value.scalar);
    }
    configs.push_back(std::move(config));
  });
  return configs;
}

}  // namespace sorsweep
