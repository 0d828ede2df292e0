#include "store/chunk_codec.hpp"

#include <zlib.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "catch_compat.hpp"

using namespace sorsweep;

namespace {

using Bytes = std::vector<std::byte>;

Bytes decoded(const std::string& encoded, std::size_t element, std::size_t size) {
  Bytes values(size);
  REQUIRE(chunk::decode(encoded, element, values));
  return values;
}

/// Returns what zlib, and so HDF5, decodes: the planes.
bool zlib_reads(const std::string& encoded, std::size_t size) {
  std::vector<unsigned char> planes(size + 1);
  auto length = static_cast<uLongf>(planes.size());
  const auto result = uncompress(planes.data(), &length, reinterpret_cast<const Bytef*>(encoded.data()),
                                 static_cast<uLong>(encoded.size() - 4));
  return result == Z_OK && length == size;
}

void check(const Bytes& values, std::size_t element) {
  for (const int level : {chunk::kRunsOnly, 1, 6}) {
    const auto encoded = chunk::encode(values, element, level);
    INFO(values.size() << " bytes, elements of " << element << ", level " << level);
    CHECK((decoded(encoded, element, values.size()) == values));
    CHECK(zlib_reads(encoded, values.size()));
    CHECK(encoded.size() <= values.size() + values.size() / 1000 + 700 * element);
  }
}

/// Makes bytes of `letters` values, some much more frequent than others, each repeated up to `repeat` times.
Bytes skewed(std::mt19937_64& random, std::size_t size, unsigned letters, unsigned repeat) {
  Bytes bytes;
  while (bytes.size() < size) {
    const auto skew = random() % 64;
    const auto letter = random() % letters >> (skew < 40 ? skew / 4 : 0);
    bytes.insert(bytes.end(), 1 + random() % repeat, static_cast<std::byte>(letter));
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

TEST_CASE("chunks are read again, whatever is in them", "[store][chunk]") {
  std::mt19937_64 random(8);
  for (const std::size_t element : {1U, 4U, 8U})
    for (const std::size_t count : {0U, 1U, 2U, 7U, 100U, 4095U, 16'384U, 65'536U})
      for (const unsigned letters : {1U, 2U, 30U, 256U})
        for (const unsigned repeat : {1U, 3U, 700U}) check(skewed(random, count * element, letters, repeat), element);
}

TEST_CASE("runs of every length", "[store][chunk]") {
  Bytes bytes;
  for (std::size_t run = 1; run < 800; ++run) bytes.insert(bytes.end(), run, static_cast<std::byte>(run * 7));
  check(bytes, 1);
  for (std::size_t size = 0; size < 600; ++size) check(Bytes(size, std::byte{9}), 1);
}

TEST_CASE("codes longer than deflate allows are made shorter", "[store][chunk]") {
  Bytes bytes;  // counts as Fibonacci's numbers make the deepest tree
  std::size_t one = 1, other = 1;
  for (unsigned letter = 0; letter < 26; ++letter) {
    for (std::size_t i = 0; i < one; ++i) bytes.push_back(static_cast<std::byte>(letter));
    other += std::exchange(one, other);
  }
  std::shuffle(bytes.begin(), bytes.end(), std::mt19937_64(1));
  check(bytes, 1);
}

TEST_CASE("prices shrink about as much as at level 1", "[store][chunk]") {
  std::mt19937_64 random(9);
  std::vector<std::int64_t> prices;
  for (std::int64_t price = 150'000'000'000; prices.size() < 65'536; prices.push_back(price))
    price += random() % 8 == 0 ? 10'000'000 * (static_cast<std::int64_t>(random() % 3) - 1) : 0;
  const auto bytes = std::as_bytes(std::span<const std::int64_t>(prices));
  CHECK(10 * chunk::encode(bytes, 8, chunk::kRunsOnly).size() < 12 * chunk::encode(bytes, 8, 1).size());
}

TEST_CASE("a stream of runs stays within its bound and is deflate", "[store][chunk]") {
  std::mt19937_64 random(10);
  for (const std::size_t size : {8U, 800U, 80'000U}) {
    const auto values = skewed(random, size, 50, 9);
    std::vector<char> stream(chunk::run_deflate_bound(size, 8));
    const auto written = chunk::run_deflate(values, 8, stream.data());
    REQUIRE(written <= stream.size());
    Bytes again(size);
    z_stream inflater{};
    REQUIRE(inflateInit2(&inflater, -15) == Z_OK);  // without zlib's header
    inflater.next_in = reinterpret_cast<Bytef*>(stream.data());
    inflater.avail_in = static_cast<uInt>(written);
    inflater.next_out = reinterpret_cast<Bytef*>(again.data());
    inflater.avail_out = static_cast<uInt>(size);
    CHECK(inflate(&inflater, Z_FINISH) == Z_STREAM_END);
    inflateEnd(&inflater);
    CHECK((again == values));
  }
}
