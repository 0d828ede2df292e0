// Draws documents that no run makes, for report_test.py: report_page < document.json > report.html
#include <iostream>
#include <iterator>
#include <string>

#include "report/html.hpp"

int main() {
  const std::string document{std::istreambuf_iterator<char>(std::cin), {}};
  std::cout << sorsweep::make_report_html(document);
  std::cerr << sorsweep::report_shortcomings();
  return 0;
}
