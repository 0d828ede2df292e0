#include "sorsweep/router/router.hpp"

#include "catch_compat.hpp"
#include "core/error.hpp"

using namespace sorsweep;

namespace {

RouterInfo named(const char* name, std::vector<ParameterInfo> parameters = {{"a"}}) {
  return {
      name, true, true, std::move(parameters), [](const SliceView&, std::span<const double>) { return Placement{}; },
      1};
}

}  // namespace

TEST_CASE("a router that was registered is found by its name, behind ours", "[router][registry]") {
  register_router(named("registry_test", {{"patience", ParameterUnit::number}, {"cap"}}));
  const auto* found = find_router("registry_test");
  REQUIRE(found != nullptr);
  CHECK(found->parameters[0].unit == ParameterUnit::number);
  CHECK(routers().front().name == "notebook");
  register_router(named("registry_test_2"));
  CHECK(find_router("registry_test") == found);  // elements stay where they are
  CHECK(find_router("registry") == nullptr);
}

TEST_CASE("what is no router is refused", "[router][registry]") {
  CHECK_THROWS_AS(register_router(named("cont_kukanov")), Error);
  CHECK_THROWS_AS(register_router(named("Upper")), Error);
  CHECK_THROWS_AS(register_router(named("")), Error);
  CHECK_THROWS_AS(register_router(named("none", {})), Error);
  CHECK_THROWS_AS(register_router(named("five", {{"a"}, {"b"}, {"c"}, {"d"}, {"e"}})), Error);
  CHECK_THROWS_AS(register_router(named("twice", {{"a"}, {"a"}})), Error);
  CHECK_THROWS_AS(register_router(named("spaced", {{"a b"}})), Error);
  CHECK_THROWS_AS(register_router(named("gap", {{"a", ParameterUnit::dollars, true}, {"b"}})), Error);
  auto dumb = named("dumb");
  dumb.decide = nullptr;
  CHECK_THROWS_AS(register_router(std::move(dumb)), Error);
  CHECK(find_router("dumb") == nullptr);
}
