#include "run/alone_command.hpp"

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

const DayKey kDay{"SYN", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(8)}};

RunRequest request() {
  RunRequest made;
  made.config = "a.yaml";
  return made;
}

}  // namespace

TEST_CASE("a unit's own command names its day and a folder beside the run's", "[app][alone]") {
  CHECK(alone_command(request(), {}, kDay, "runs/x") ==
        "sorsweep sweep a.yaml --set 'symbols=[\"SYN\"]' --set 'days=[2024-07-08]' --threads 1 "
        "-o runs/x-SYN-2024-07-08");
  CHECK(alone_command(request(), {}, kDay, "runs/x/").ends_with(" -o runs/x-SYN-2024-07-08"));
}

TEST_CASE("it repeats what decided the unit: assignments, engine, memory, structural point", "[app][alone]") {
  auto asked = request();
  asked.sets = {"order.shares=1000", "fees={default: {take: 0.001}}"};
  asked.engine = Engine::brute;
  asked.memory = 4096;
  asked.run = "runs/x";
  CHECK(alone_command(asked, {{"slice", "5m"}, {"lot", "100"}}, kDay, "runs/x") ==
        "sorsweep sweep a.yaml --set order.shares=1000 --set 'fees={default: {take: 0.001}}' "
        "--set 'structural={slice: [\"5m\"], lot: [\"100\"]}' --set 'symbols=[\"SYN\"]' --set 'days=[2024-07-08]' "
        "--engine brute --mem 4096B --threads 1 -o runs/x-SYN-2024-07-08@slice=5m,lot=100");
}

TEST_CASE("a shell reads its words back", "[app][alone]") {
  auto asked = request();
  asked.config = "my config's.yaml";
  CHECK(alone_command(asked, {}, kDay, "x").starts_with("sorsweep sweep 'my config'\\''s.yaml' "));
  const DayKey odd{"A #B", kDay.date};
  CHECK(alone_command(request(), {}, odd, "x").find("--set 'symbols=[\"A #B\"]'") != std::string::npos);
}
