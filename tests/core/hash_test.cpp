#include "core/hash.hpp"

#include <rapidcheck.h>

#include "catch_compat.hpp"

using namespace sorsweep;

TEST_CASE("hashes are XXH3-128", "[core][hash]") {
  CHECK(hash_hex("") == "99aa06d3014798d86001c324468d497f");  // of xxhsum -H2
}

TEST_CASE("a hash depends on the bytes and not on the pieces they come in", "[core][hash]") {
  CHECK(rc::check([] {
    const auto text = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const auto cut = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    const auto bytes = std::as_bytes(std::span(text));
    Hasher hasher;
    hasher.add(bytes.first(cut)).add(bytes.subspan(cut));
    RC_ASSERT(hasher.hex() == hash_hex(text));
    RC_ASSERT(hasher.hex().size() == 32u);
  }));
}

TEST_CASE("texts that are added one by one do not run together", "[core][hash]") {
  Hasher one, other;
  one.add_text("ab").add_text("c");
  other.add_text("a").add_text("bc");
  CHECK_FALSE(one.digest() == other.digest());
}
