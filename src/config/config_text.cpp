// A config as text: the entries that a run's id covers, and the YAML that a run leaves in its folder.
#include <fmt/format.h>

#include <utility>

#include "config/config_parts.hpp"
#include "core/hash.hpp"
#include "sorsweep/router/router.hpp"

namespace sorsweep {
namespace {

std::string nano_list(const std::vector<Nano>& values) {
  std::vector<std::string> texts;
  for (const auto value : values) texts.push_back(format_decimal(value));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string axis_text(const AxisSpec& axis) {
  if (axis.kind == AxisSpec::Kind::list) return nano_list(axis.values);
  return fmt::format("{{{}: {}, points: {}}}", axis.kind == AxisSpec::Kind::linear ? "linear" : "log",
                     nano_list(axis.values), axis.points);
}

/// Returns a hash of the values of a logarithmic axis. They come from this machine's `pow`, so the hash tells apart
/// machines that differ in it.
std::string log_values(const AxisSpec& axis) {
  if (axis.kind != AxisSpec::Kind::log) return "";
  const auto values = make_axis(axis, "").values;
  return fmt::format(" ({})", Hasher().add_column(std::span<const Nano>(values)).hex().substr(0, 8));
}

std::string date_list(const std::vector<Date>& dates) {
  std::vector<std::string> texts;
  for (const auto date : dates) texts.push_back(format_date(date));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string days_text(const DaySelection& days) {
  if (days.from || days.to)
    return fmt::format("{{{}{}{}}}", days.from ? "from: " + format_date(*days.from) : "",
                       days.from && days.to ? ", " : "", days.to ? "to: " + format_date(*days.to) : "");
  return days.list.empty() ? "all" : date_list(days.list);
}

/// Returns the section `pinned_days`, or nothing if a config could not hold so many values.
std::string pinned_text(const Config& config) {
  constexpr std::size_t most_values = 80'000;
  std::size_t values = 0;
  for (const auto& axis : config.grid) values += axis.values.size();
  for (const auto& [symbol, days] : config.pinned_days) values += days.size() + 1;
  if (config.pinned_days.empty() || values > most_values) return "";
  std::string text = "pinned_days:\n";
  for (const auto& [symbol, days] : config.pinned_days)
    text += fmt::format("  {}: {}\n", quoted(symbol), date_list(days));
  return text;
}

std::string symbols_text(const std::vector<std::string>& symbols) {
  std::vector<std::string> texts;
  for (const auto& symbol : symbols) texts.push_back(quoted(symbol));
  return texts.empty() ? "all" : fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string clock_text(TimeNs time_of_day_ns) {
  return quoted(format_iso_time(time_of_day_ns).substr(11, 18));
}

std::string order_text(const Config& config) {
  const auto& order = config.order;
  const auto& parent = config.slices.order;
  std::string text = fmt::format("{{side: {}, shares: {}{}{}, tz: {}", order.side == Side::buy ? "buy" : "sell",
                                 order.shares, order.start_ns ? ", start: " + clock_text(*order.start_ns) : "",
                                 order.end_ns ? ", end: " + clock_text(*order.end_ns) : "", order.tz);
  if (is_sliced(config))
    text += fmt::format(", slice: {}, lot: {}, leftover: cross", format_duration(parent.slice_ns), parent.lot);
  return text + "}";
}

std::string fees_of(const Fees& fees) {
  return fmt::format("{{take: {}, make_rebate: {}}}", format_decimal(fees.take), format_decimal(fees.make_rebate));
}

std::string fees_text(const FeeTable& fees) {
  std::vector<std::string> listed;
  for (const auto& [publisher, of] : fees.publishers) listed.push_back(fmt::format("{}: {}", publisher, fees_of(of)));
  return fmt::format("{{default: {}, publishers: {{{}}}}}", fees_of(fees.standard), fmt::join(listed, ", "));
}

std::string model_text(const SliceSettings& slices) {
  const auto& model = slices.model;
  const auto& outflow = model.outflow;
  const auto name = [](const auto& names, auto choice) { return names[static_cast<std::size_t>(choice)]; };
  const auto solver = slices.registered
                          ? ""
                          : fmt::format("solver: {}, max_candidates: {}, ",
                                        name(cont_kukanov::kSolverNames, slices.solver), slices.max_candidates);
  return fmt::format(
      "{{{}queue_model: {}, depletion: {}, depletion_age: {}, samples: {}, "
      "sample_stride: {}, min_samples: {}, venues_max: {}, half_spread: {}, max_quote_age: {}, impact_ticks: {}, "
      "tick: {}, latency_ns: {}}}",
      solver, name(kQueueModelNames, outflow.queue_model), name(kDepletionNames, outflow.depletion),
      format_duration(outflow.depletion_age_ns), model.samples, format_duration(model.sample_stride_ns),
      model.min_samples, model.venues_max, model.half_spread ? format_decimal(*model.half_spread) : "book",
      model.max_quote_age_ns ? format_duration(model.max_quote_age_ns) : "none", model.impact_ticks,
      format_decimal(model.tick), model.latency_ns);
}

/// Returns words such as "fills, square".
std::string metrics_text(const std::vector<Metric>& metrics) {
  std::vector<std::string_view> words;
  for (const auto metric : metrics)  // Metrics that share a word lie side by side.
    if (const auto& word = metric_info(metric).word; words.empty() || words.back() != word) words.push_back(word);
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string structural_text(const Config& config) {
  std::vector<std::string> axes;
  for (const auto& [key, values] : config.structural_axes)
    axes.push_back(fmt::format("{}: [{}]", key, fmt::join(values, ", ")));
  return fmt::format("{{{}}}", fmt::join(axes, ", "));
}

/// Returns everything that decides the results, except the grid.
std::vector<ConfigEntry> entries_before_grid(const Config& config) {
  std::vector<ConfigEntry> entries = {{"symbols", symbols_text(config.symbols)},
                                      {"days", days_text(config.days)},
                                      {"router", config.router},
                                      {"order", order_text(config)}};
  if (find_router(config.router)->has_fees) entries.push_back({"fees", fees_text(config.slices.fees)});
  if (is_sliced(config)) {
    entries.push_back({"model", model_text(config.slices)});
    entries.push_back({"objective", objective_text(config.objective)});
  }
  if (!config.structural_axes.empty()) entries.push_back({"structural", structural_text(config)});
  return entries;
}

}  // namespace

std::string objective_text(const Objective& objective) {
  switch (objective.kind) {
    case Objective::Kind::total_cost:
      return "total_cost";
    case Objective::Kind::slippage_bps:
      return "slippage_bps";
    case Objective::Kind::mean_plus_std:
      return fmt::format("{{mean_plus_std: {}}}", objective.weight);
    case Objective::Kind::worst_day:
      return "worst_day";
  }
  return "";
}

std::string quoted(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  return "\"" + escaped + "\"";
}

std::string order_and_model_text(const Config& config) {
  return order_text(config) + model_text(config.slices);
}

std::vector<ConfigEntry> semantic_entries(const Config& config) {
  const auto& router = *find_router(config.router);
  auto entries = entries_before_grid(config);
  if (router.decide) entries.push_back({"router.version", fmt::format("{}", router.version)});
  for (std::size_t a = 0; a < config.grid.size(); ++a)
    entries.push_back(
        {fmt::format("grid.{}", router.parameters[a].name), axis_text(config.grid[a]) + log_values(config.grid[a])});
  return entries;
}

std::string to_yaml(const Config& config) {
  std::string text = fmt::format("store: {}\n", quoted(std::filesystem::absolute(config.store).string()));
  text += pinned_text(config);
  for (const auto& entry : entries_before_grid(config)) text += entry.line() + "\n";
  const auto& parameters = find_router(config.router)->parameters;
  text += "grid:\n";
  for (std::size_t a = 0; a < config.grid.size(); ++a)
    text += fmt::format("  {}: {}\n", parameters[a].name, axis_text(config.grid[a]));
  text +=
      fmt::format("run: {{out: {}, threads: {}, memory: {}, surfaces: {}, metrics: [{}]}}\n",
                  quoted(config.run.out.string()), config.run.threads ? fmt::format("{}", config.run.threads) : "auto",
                  config.run.memory ? fmt::format("{}B", config.run.memory) : "auto",
                  kKeepSurfacesNames[static_cast<std::size_t>(config.run.surfaces)], metrics_text(config.run.metrics));
  return text;
}

}  // namespace sorsweep
