// tested by: tests/python/command_line_test.py (program)
#include "sorsweep/app/program.hpp"

int main(int argc, char** argv) {
  return sorsweep::run_program(argc, argv);
}
