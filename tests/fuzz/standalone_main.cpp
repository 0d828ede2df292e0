// Runs a fuzz target without libFuzzer, so that the tests of every build do: FOLDER SECONDS. It tries all files of the
// folder, then random changes of them, the same ones every time. A failing input is found in the file fuzz-failure.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Random = std::mt19937_64;

void run(const std::string& input) {
  std::ofstream("fuzz-failure", std::ios::binary) << input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

void change(std::string& input, const std::vector<std::string>& corpus, Random& random) {
  const auto at = input.empty() ? 0 : random() % input.size();
  switch (random() % 6) {
    case 0:
      if (!input.empty()) input[at] = static_cast<char>(input[at] ^ (1 << (random() % 8)));
      break;
    case 1:
      if (!input.empty()) input[at] = static_cast<char>(random());
      break;
    case 2:
      input.erase(at, random() % 40);
      break;
    case 3:
      input.insert(at, std::string(random() % 20, static_cast<char>(random())));
      break;
    case 4: {
      constexpr const char* words[] = {",", "\n", "\r\n", "\"", "9223372036854775807", "\xff\xff\xff\xff", ".", "-1"};
      input.insert(at, words[random() % std::size(words)]);
      break;
    }
    default: {
      const auto& other = corpus[random() % corpus.size()];
      if (!other.empty()) input.insert(at, other.substr(random() % other.size(), random() % 200));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::vector<std::string> corpus;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1])) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (corpus.empty()) return 2;
  for (const auto& input : corpus) run(input);
  Random random(1);
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(std::atof(argv[2]));
  std::size_t runs = corpus.size();
  for (; std::chrono::steady_clock::now() < end; ++runs) {
    auto input = corpus[random() % corpus.size()];
    for (auto changes = 1 + random() % 5; changes > 0; --changes) change(input, corpus, random);
    run(input);
  }
  std::filesystem::remove("fuzz-failure");
  std::printf("%zu inputs from %zu files\n", runs, corpus.size());
}
