// Fuzzes DBN, also compressed. It is read or refused.
#include "fuzz/source_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_any_source({reinterpret_cast<const char*>(data), size});
  return 0;
}
