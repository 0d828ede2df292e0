// All of sorsweep behind a main of one's own.
#include <sorsweep/app/program.hpp>

int main(int argc, char** argv) {
  return sorsweep::run_program(argc, argv);
}
