#include "run/identity.hpp"

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;

namespace {

DayKey july(unsigned day) {
  return {"SYN", {std::chrono::year(2024), std::chrono::month(7), std::chrono::day(day)}};
}

RunIdentity identity() {
  RunIdentity made;
  made.config = {{"symbols", "all"}, {"days", "all"}, {"router", "notebook"}, {"objective", "total_cost"}};
  made.engine = Engine::brute;
  made.content = {{"SYN 2024-07-08", "aa"}, {"SYN 2024-07-09", "bb"}};
  return made;
}

}  // namespace

TEST_CASE("an identity reads back from the sentences of its manifest", "[run][identity]") {
  const auto read = read_identity(identity().lines());
  CHECK(read.engine == Engine::brute);
  CHECK(read.is_of_this_version);
  CHECK(read.content == identity().content);
  CHECK(read.days() == std::vector<DayKey>{july(8), july(9)});
  CHECK_FALSE(read_identity({"engine: collapse", "results version: 0"}).is_of_this_version);
  CHECK_THROWS_AS(read_identity({"data of nothing: aa"}).days(), Error);
}

TEST_CASE("what a unit depends on leaves out which other units there are", "[run][identity]") {
  const auto lines = identity().lines_of_each_unit();
  CHECK(lines[0] == "router: notebook");
  CHECK(lines[1] == "engine: brute");
  CHECK(lines.size() == 3);
  CHECK(identity().line_of_day(july(9)) == "data of SYN 2024-07-09: bb");
  CHECK(identity().line_of_day(july(10)).empty());
}

TEST_CASE("the id covers the data, the hash of the config does not", "[run][identity]") {
  auto other = identity();
  other.content["SYN 2024-07-09"] = "cc";
  CHECK(other.id() != identity().id());
  CHECK(other.config_hash() == identity().config_hash());
}
