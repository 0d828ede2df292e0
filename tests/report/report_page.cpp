// For report_test.py: the two halves of a report, apart.
//   report_page document RUN > document.json     what a run's tables say
//   report_page page < document.json > report.html
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "sorsweep/report/html.hpp"

namespace {

std::string text_of(std::istream& stream) {
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path);
  return text_of(file);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc > 1 ? argv[1] : "";
  if (verb == "document" && argc == 3) {
    const std::filesystem::path run = argv[2];
    const sorsweep::ReportFiles files{read(run / "best.json"), read(run / "manifest.json"), read(run / "days.csv"),
                                      read(run / "summary.csv"), read(run / "axes.csv")};
    std::cout << sorsweep::report_document(files, {});
    return 0;
  }
  if (verb == "page") {
    std::cout << sorsweep::make_report_html(text_of(std::cin));
    std::cerr << sorsweep::report_shortcomings();
    return 0;
  }
  std::cerr << "report_page document RUN | page\n";
  return 2;
}
