#include "store/seal.hpp"

#include <random>

#include "catch_compat.hpp"
#include "core/error.hpp"
#include "core/files.hpp"
#include "sorsweep/store/day_file.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;

namespace {

/// A sealed file image with some bytes behind the seal.
std::string sealed_image() {
  std::mt19937_64 random(3);
  std::string image(kSealBytes, '\0');
  for (int i = 0; i < 3000; ++i) image += static_cast<char>(random());
  return seal_block(image) + image.substr(kSealBytes);
}

}  // namespace

TEST_CASE("a sealed file reads back, and tells its seal in every way", "[store][seal]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "sealed";
  const auto image = sealed_image();
  write_text(path, image);
  const auto seal = check_sealed(path, image);
  CHECK(seal.size() == 32);
  CHECK(peek_seal(path) == seal);
  CHECK(check_seal(path) == seal);
  std::string told;
  CHECK(read_sealed(path, told) == image);
  CHECK(told == seal);
}

TEST_CASE("one flipped bit breaks the seal, wherever it is", "[store][seal]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "sealed";
  const auto good = sealed_image();
  for (std::size_t at = 0; at < good.size(); at += 37) {
    auto bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
    write_text(path, bad);
    INFO("byte " << at);
    std::string told;
    CHECK_THROWS_WITH(check_sealed(path, bad), Catch::Contains("is damaged"));
    CHECK_THROWS_WITH(read_sealed(path, told), Catch::Contains("is damaged"));
    CHECK_THROWS_WITH(check_seal(path), Catch::Contains("is damaged"));
  }
}

TEST_CASE("a file without a seal has none to tell", "[store][seal]") {
  const TemporaryFolder folder;
  for (const auto& text : {std::string(), std::string("short"), std::string(1000, 'x')}) {
    write_text(folder.path() / "x", text);
    CHECK(peek_seal(folder.path() / "x").empty());
    CHECK_THROWS_AS(check_seal(folder.path() / "x"), Error);
  }
}
