// Measures parts of convert: bench_convert memchr FILE | read DAY.h5 [THREADS [COLUMN…]]
//
// It prints the seconds and GB per second of one pass, and a sum or hash of the data, so that nothing is optimised
// away. Run it twice, because the page cache is used as it is. It says nothing about a cold disk.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/files.hpp"
#include "core/hash.hpp"
#include "core/machine.hpp"
#include "sorsweep/store/day_file.hpp"

using namespace sorsweep;

namespace {

void print(double seconds, std::size_t bytes, std::string_view what) {
  fmt::print("{{\"seconds\": {:.6f}, \"bytes\": {}, \"gb_per_s\": {:.3f}, \"result\": \"{}\"}}\n", seconds, bytes,
             static_cast<double>(bytes) / 1e9 / seconds, what);
}

/// Looks at every byte for a line end, which is the least that any reader of lines must do.
void count_lines(const char* path) {
  const auto text = read_file(path, Exit::input);
  const Stopwatch watch;
  std::size_t lines = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) != nullptr) {
    ++lines;
    if (++at == end) break;
  }
  print(watch.seconds(), text.size(), fmt::format("{} lines", lines));
}

void read_columns(const char* path, int threads, const std::vector<std::string_view>& columns) {
  const Stopwatch watch;
  const auto day = read_day(path, columns, threads);
  const auto seconds = watch.seconds();
  std::size_t bytes = 0;
  Hasher hasher;
  for_each_column(day.quotes, [&]<class T>(const std::vector<T>& column, const char*) {
    bytes += column.size() * sizeof(T);
    hasher.add_column(std::span<const T>(column));
  });
  print(seconds, bytes, hasher.hex());
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  try {
    if (words.size() == 2 && words[0] == "memchr") {
      count_lines(argv[2]);
    } else if (words.size() >= 2 && words[0] == "read") {
      const int threads = words.size() > 2 ? std::atoi(argv[3]) : 1;
      read_columns(argv[2], threads, {words.begin() + std::min<std::ptrdiff_t>(3, argc - 1), words.end()});
    } else {
      fmt::print(stderr, "bench_convert memchr FILE | read DAY.h5 [THREADS [COLUMN…]]\n");
      return 2;
    }
  } catch (const Error& error) {
    fmt::print(stderr, "bench_convert: {}\n", error.what());
    return static_cast<int>(error.code());
  }
}
