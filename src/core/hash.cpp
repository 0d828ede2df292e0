#include "core/hash.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <new>

namespace sorsweep {

struct Hasher::State {
  XXH3_state_t* xxh = XXH3_createState();
  State() {
    if (xxh == nullptr) throw std::bad_alloc();
    XXH3_128bits_reset(xxh);
  }
  ~State() { XXH3_freeState(xxh); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

Hasher& Hasher::add(std::span<const std::byte> bytes) {
  XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size());
  return *this;
}

Hasher& Hasher::add_text(std::string_view text) {
  add(std::as_bytes(std::span(text)));
  constexpr char end = '\0';
  return add(std::as_bytes(std::span(&end, 1)));
}

Digest Hasher::digest() const {
  const auto digest = XXH3_128bits_digest(state_->xxh);
  return {digest.high64, digest.low64};
}

std::string Hasher::hex() const {
  const auto [high, low] = digest();
  return fmt::format("{:016x}{:016x}", high, low);
}

std::string hash_hex(std::span<const std::byte> bytes) {
  return Hasher().add(bytes).hex();
}

std::string xxhash_version() {
  const auto number = XXH_versionNumber();
  return fmt::format("{}.{}.{}", number / 10000, number / 100 % 100, number % 100);
}

}  // namespace sorsweep
