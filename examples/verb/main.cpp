// This program adds its own verb: `rows STORE` prints how many rows each symbol has on each day.
#include <cstdio>
#include <exception>
#include <sorsweep/app/program.hpp>
#include <sorsweep/app/verb.hpp>
#include <sorsweep/store/day_file.hpp>
#include <stdexcept>
#include <string>

namespace {

struct Rows {
  std::filesystem::path store;
  std::optional<sorsweep::Date> from;
  bool json = false;
};

void declare(sorsweep::VerbOptions& options, Rows& command) {
  options.add({.names = "store", .description = "A store", .required = true}, command.store);
  options.read({.names = "--from", .description = "First day", .value = "DATE", .default_text = "all days"},
               [&command](const std::string& text) {
                 command.from = sorsweep::parse_date(text);
                 if (!command.from) throw std::invalid_argument("--from " + text + " is not a date");
               });
  options.json(command.json);
}

int run(const Rows& command, sorsweep::Log& log) {
  std::string text, json;
  std::size_t days = 0;
  for (const auto& [symbol, dates] : sorsweep::list_store(command.store)) {
    for (const auto date : dates) {
      if (command.from && date < *command.from) continue;
      const auto day = sorsweep::format_date(date);
      const auto path = sorsweep::day_path(command.store, {symbol, date});
      const auto rows = std::to_string(sorsweep::read_day_header(path).rows);
      text += symbol + " " + day + " " + rows + "\n";
      json += std::string(days++ ? ", " : "") + R"({"symbol": ")" + symbol + R"(", "day": ")" + day + R"(", "rows": )" +
              rows + "}";
    }
  }
  sorsweep::print_result(command.json ? "{\"days\": [" + json + "]}\n" : text);
  log.info("rows: " + std::to_string(days) + " days");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    sorsweep::register_verb(sorsweep::make_verb("rows", "Count a store's rows by symbol and day",
                                                {"sorsweep rows data/store"}, declare, run));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return sorsweep::run_program(argc, argv);
}
