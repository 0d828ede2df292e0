// tested by: tests/cases/inputs/run (gzip)
#include "feed/inflate.hpp"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <new>
#include <vector>

#include "core/error.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kInputBytes = 1 << 16;
constexpr int kMostWindowLog = 27;

[[noreturn]] void refuse(const std::string& name, std::string_view problem, std::string_view why) {
  throw Error(Exit::input, fmt::format("{} {}", name, problem), why, "fetch or compress it again");
}

/// What both decompressors share, which is a buffer of packed bytes.
class Inflating : public ByteStream {
 public:
  Inflating(const std::string& name, std::unique_ptr<ByteStream> below)
      : name_(name), below_(std::move(below)), packed_(kInputBytes) {}

 protected:
  /// Reads more packed bytes. \return false at the end of the stream below
  bool refill() {
    at_ = 0;
    end_ = below_->read(packed_.data(), packed_.size());
    return end_ > 0;
  }

  const std::string& name() const { return name_; }
  char* packed() { return packed_.data() + at_; }
  std::size_t left() const { return end_ - at_; }
  void take(std::size_t size) { at_ += size; }

 private:
  std::string name_;
  std::unique_ptr<ByteStream> below_;
  std::vector<char> packed_;
  std::size_t at_ = 0, end_ = 0;
};

class GzipStream final : public Inflating {
 public:
  GzipStream(const std::string& name, std::unique_ptr<ByteStream> below) : Inflating(name, std::move(below)) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&zlib_, gzip_only) != Z_OK) throw std::bad_alloc();
  }
  ~GzipStream() override { inflateEnd(&zlib_); }

  std::size_t read(char* to, std::size_t most) override {
    zlib_.next_out = reinterpret_cast<Bytef*>(to);
    zlib_.avail_out = static_cast<uInt>(std::min<std::size_t>(most, 1U << 30));
    const auto room = zlib_.avail_out;
    while (zlib_.avail_out == room) {
      if (left() == 0 && !refill()) {
        if (in_member_) refuse(name(), "is cut short", "its last gzip member has no end");
        return 0;
      }
      if (!in_member_ && !begin_member()) return 0;
      step();
    }
    return room - zlib_.avail_out;
  }

 private:
  /// Begins the next member. Zeros behind the last one are padding, as gzip allows. \return false if only those follow
  bool begin_member() {
    while (!first_) {
      while (left() > 0 && *packed() == '\0') take(1);
      if (left() > 0) break;
      if (!refill()) return false;
    }
    if (!first_ && *packed() != '\x1f') refuse(name(), "is damaged", "there is something else behind a gzip member");
    first_ = false;
    in_member_ = true;
    inflateReset(&zlib_);
    return true;
  }

  void step() {
    zlib_.next_in = reinterpret_cast<Bytef*>(packed());
    zlib_.avail_in = static_cast<uInt>(left());
    const int status = ::inflate(&zlib_, Z_NO_FLUSH);
    take(left() - zlib_.avail_in);
    if (status == Z_STREAM_END) in_member_ = false;
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
      refuse(name(), "is damaged", zlib_.msg != nullptr ? fmt::format("gzip: {}", zlib_.msg) : "gzip cannot read it");
  }

  z_stream zlib_{};
  bool first_ = true;
  bool in_member_ = false;
};

class ZstdStream final : public Inflating {
 public:
  ZstdStream(const std::string& name, std::unique_ptr<ByteStream> below)
      : Inflating(name, std::move(below)), zstd_(ZSTD_createDStream()) {
    if (zstd_ == nullptr) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(zstd_, ZSTD_d_windowLogMax, kMostWindowLog);
  }
  ~ZstdStream() override { ZSTD_freeDStream(zstd_); }

  std::size_t read(char* to, std::size_t most) override {
    ZSTD_outBuffer out{to, most, 0};
    while (out.pos == 0) {
      if (left() == 0 && !refill()) {
        // The decompressor may still hold bytes, which have to come out before the stream ends.
        if (in_frame_ && !drain(out)) refuse(name(), "is cut short", "its last Zstandard frame has no end");
        break;
      }
      step(out);
    }
    return out.pos;
  }

 private:
  bool drain(ZSTD_outBuffer& out) {
    step(out);
    return out.pos > 0 || !in_frame_;
  }

  void step(ZSTD_outBuffer& out) {
    ZSTD_inBuffer in{packed(), left(), 0};
    const auto hint = ZSTD_decompressStream(zstd_, &out, &in);
    take(in.pos);
    if (ZSTD_isError(hint) != 0) refuse(name(), "is damaged", fmt::format("Zstandard: {}", ZSTD_getErrorName(hint)));
    in_frame_ = hint != 0;
  }

  ZSTD_DStream* zstd_;
  bool in_frame_ = false;
};

}  // namespace

Packing packing_of(std::string_view first_bytes) {
  if (first_bytes.starts_with("\x1f\x8b")) return Packing::gzip;
  if (first_bytes.starts_with("\x28\xB5\x2F\xFD")) return Packing::zstd;
  const bool skippable =
      first_bytes.size() >= 4 && (first_bytes[0] & '\xF0') == '\x50' && first_bytes.substr(1, 3) == "\x2A\x4D\x18";
  return skippable ? Packing::zstd : Packing::none;
}

std::unique_ptr<ByteStream> inflate(Packing packing, const std::string& name, std::unique_ptr<ByteStream> below) {
  if (packing == Packing::gzip) return std::make_unique<GzipStream>(name, std::move(below));
  if (packing == Packing::zstd) return std::make_unique<ZstdStream>(name, std::move(below));
  return below;
}

std::string zstd_compress(std::string_view text) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> zstd(ZSTD_createCCtx(), ZSTD_freeCCtx);
  if (!zstd) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_checksumFlag, 1);
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  const auto size = ZSTD_compress2(zstd.get(), packed.data(), packed.size(), text.data(), text.size());
  if (ZSTD_isError(size) != 0)
    throw Error(Exit::internal, fmt::format("Zstandard cannot compress: {}", ZSTD_getErrorName(size)));
  packed.resize(size);
  return packed;
}

std::string zlib_library_version() {
  return zlibVersion();
}

std::string zstd_library_version() {
  return ZSTD_versionString();
}

}  // namespace sorsweep
