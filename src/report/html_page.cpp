// tested by: tests/report/report_test.cpp (make_report_html)
#include "report/html.hpp"

namespace sorsweep {
namespace {

/// Makes JSON safe within a script element: no </script> ends it, and no <!-- hides what follows.
std::string for_script(std::string_view json) {
  std::string text;
  text.reserve(json.size() + json.size() / 64);
  for (const char c : json) {
    if (c == '<')
      text += "\\u003c";
    else
      text += c;
  }
  return text;
}

/// Replaces each @NAME@ by its part, in one pass: names within the parts stay as they are.
std::string fill_in(std::string_view page, const std::map<std::string, std::string_view, std::less<>>& parts) {
  std::string text;
  while (!page.empty()) {
    const auto begin = page.find('@');
    const auto end = begin == page.npos ? page.npos : page.find('@', begin + 1);
    if (end == page.npos) break;
    const auto part = parts.find(page.substr(begin + 1, end - begin - 1));
    const bool known = part != parts.end();
    text += page.substr(0, known ? begin : begin + 1);
    if (known) text += part->second;
    page.remove_prefix(known ? end + 1 : begin + 1);
  }
  return text += page;
}

}  // namespace

std::string make_report_html(std::string_view document) {
  using namespace report_assets;
  const auto data = for_script(document);
  const auto specs = for_script(kSpecs);
  return fill_in(kPage,
                 {{"STYLE", kStyle}, {"DOCUMENT", data}, {"SPECS", specs}, {"VEGA", kVega}, {"SCRIPT", kScript}});
}

std::string report_shortcomings() {
  if (!report_assets::kVega.empty()) return "";
  return "report.html has tables and no charts (this build was made without libjs-vega): install libjs-vega, configure "
         "and build again";
}

}  // namespace sorsweep
