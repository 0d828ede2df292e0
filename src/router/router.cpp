#include "sorsweep/router/router.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

std::deque<RouterInfo>& all_routers() {
  static const std::vector<ParameterInfo> penalties = {{"lambda_over"}, {"lambda_under"}, {"theta_queue"}};
  static const std::vector<ParameterInfo> with_spread = {
      {"lambda_over"}, {"lambda_under"}, {"theta_queue"}, {"half_spread", ParameterUnit::dollars, true}};
  static std::deque<RouterInfo> all = {{"notebook", false, false, penalties, {}, 0},
                                       {"static_split", false, true, penalties, {}, 0},
                                       {"cont_kukanov", true, true, with_spread, {}, 0}};
  return all;
}

void check_parameters(const RouterInfo& router) {
  const auto& parameters = router.parameters;
  if (parameters.empty() || parameters.size() > kMostParameters)
    throw Error(Exit::usage, fmt::format("the router {} has {} parameters", router.name, parameters.size()),
                "a grid has one to four axes");
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    check_name(parameters[i].name, "a parameter");
    if (std::ranges::count(parameters, parameters[i].name, &ParameterInfo::name) > 1)
      throw Error(Exit::usage, fmt::format("the router {} has two parameters {}", router.name, parameters[i].name));
    if (i > 0 && parameters[i - 1].is_optional && !parameters[i].is_optional)
      throw Error(Exit::usage,
                  fmt::format("the router {} has the required parameter {} after an optional one", router.name,
                              parameters[i].name),
                  "", "put optional parameters last");
  }
}

}  // namespace

const std::deque<RouterInfo>& routers() {
  return all_routers();
}

const RouterInfo* find_router(std::string_view name) {
  const auto found = std::ranges::find(routers(), name, &RouterInfo::name);
  return found == routers().end() ? nullptr : &*found;
}

void register_router(RouterInfo router) {
  check_name(router.name, "a router");
  check_parameters(router);
  if (find_router(router.name)) throw Error(Exit::usage, fmt::format("a router named {} exists already", router.name));
  if (!router.decide || !router.is_sliced)
    throw Error(Exit::usage, fmt::format("the router {} cannot be registered", router.name),
                "a registered router decides slices", "give it `decide`, and leave is_sliced true");
  all_routers().push_back(std::move(router));
}

}  // namespace sorsweep
