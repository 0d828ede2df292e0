// This program has its own main and is all of sorsweep otherwise.
#include <sorsweep/app/program.hpp>
#include <sorsweep/feed/line_format.hpp>

/// The headers of data and formats leave the names of <unistd.h> to their users.
[[maybe_unused]] static long read(int, void*, unsigned long) {
  return 0;
}

int main(int argc, char** argv) {
  return sorsweep::run_program(argc, argv);
}
