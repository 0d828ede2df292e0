// tested by: tests/package/stranger/own_main.cpp (run_program)
#include "sorsweep/app/program.hpp"

int main(int argc, char** argv) {
  return sorsweep::run_program(argc, argv);
}
