// Run by the build: man_main DATE MAN_PAGE BASH_COMPLETION writes the two files, so that they cannot differ from the program.
#include <cstdio>
#include <fstream>

#include "app/man_page.hpp"
#include "sorsweep/core/build_info.hpp"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: man_main DATE MAN_PAGE BASH_COMPLETION\n", stderr);
    return 2;
  }
  const auto outline = sorsweep::outline_command_line();
  std::ofstream page(argv[2]), completion(argv[3]);
  page << sorsweep::man_page(outline, sorsweep::build_info().version, argv[1]);
  completion << sorsweep::bash_completion(outline);
  page.close();
  completion.close();
  return page && completion ? 0 : 1;
}
