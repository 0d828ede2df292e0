// This program has its own main and is all of sorsweep otherwise.
#include <sorsweep/app/program.hpp>

int main(int argc, char** argv) {
  return sorsweep::run_program(argc, argv);
}
