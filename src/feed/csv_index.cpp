#include "feed/csv_index.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace sorsweep {
namespace {

constexpr std::size_t kStep = 64;

/// One bit for each of 64 bytes, set where it is a comma, a line end or a quote.
struct Masks {
  std::uint64_t commas, ends, quotes;
};

#ifdef __AVX2__
Masks masks_at(const char* text) {
  const auto low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  const auto high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 32));
  const auto find = [&](char c) {
    const auto wanted = _mm256_set1_epi8(c);
    const auto bits_low = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted)));
    const auto bits_high = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted)));
    return std::uint64_t{bits_high} << 32 | bits_low;
  };
  return {find(','), find('\n'), find('"')};
}
#else
Masks masks_at(const char* text) {
  Masks masks{0, 0, 0};
  for (std::size_t i = 0; i < kStep; ++i) {
    masks.commas |= std::uint64_t{text[i] == ','} << i;
    masks.ends |= std::uint64_t{text[i] == '\n'} << i;
    masks.quotes |= std::uint64_t{text[i] == '"'} << i;
  }
  return masks;
}
#endif

std::uint32_t* write_positions(std::uint64_t bits, std::size_t base, std::uint32_t* to) {
  for (; bits != 0; bits &= bits - 1)
    *to++ = static_cast<std::uint32_t>(base + static_cast<std::size_t>(std::countr_zero(bits)));
  return to;
}

/// Makes room for `more` positions behind the first `used`, and returns where they begin.
std::uint32_t* make_room(std::vector<std::uint32_t>& positions, std::size_t used, std::size_t more) {
  if (positions.size() < used + more) positions.resize(2 * positions.size() + more);
  return positions.data() + used;
}

}  // namespace

void CsvIndex::build(std::string_view text, std::size_t behind) {
  comma_count_ = end_count_ = 0;
  has_quotes_ = false;
  for (std::size_t base = 0; base < text.size(); base += kStep) {
    auto masks = masks_at(text.data() + base);
    if (const auto left = text.size() - base; left < kStep) {
      const auto inside = (std::uint64_t{1} << left) - 1;
      masks = {masks.commas & inside, masks.ends & inside, masks.quotes & inside};
    }
    has_quotes_ |= masks.quotes != 0;
    auto* comma = make_room(commas_, comma_count_, kStep);
    comma_count_ = static_cast<std::size_t>(write_positions(masks.commas, base, comma) - commas_.data());
    auto* end = make_room(ends_, end_count_, kStep);
    end_count_ = static_cast<std::size_t>(write_positions(masks.ends, base, end) - ends_.data());
  }
  std::fill_n(make_room(commas_, comma_count_, behind), behind, UINT32_MAX);
  if (!text.empty() && text.back() != '\n')
    *make_room(ends_, end_count_++, 1) = static_cast<std::uint32_t>(text.size());
}

}  // namespace sorsweep
