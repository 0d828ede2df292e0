// tested by: tests/package/install_test.py (completion)
// The build runs man_main DATE MAN_PAGE BASH_COMPLETION to write both files, so that they always match the program.
#include <cstdio>
#include <fstream>

#include "app/cli.hpp"
#include "core/build_info.hpp"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: man_main DATE MAN_PAGE BASH_COMPLETION\n", stderr);
    return 2;
  }
  const auto commands = sorsweep::describe_command_line(sorsweep::all_verbs());
  std::ofstream page(argv[2]), completion(argv[3]);
  page << sorsweep::man_page(commands, sorsweep::build_info().version, argv[1]);
  completion << sorsweep::bash_completion(commands);
  page.close();
  completion.close();
  return page && completion ? 0 : 1;
}
