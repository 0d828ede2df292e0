/// \file
/// Streams of bytes from a file or standard input, as they are or decompressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/hash.hpp"

namespace sorsweep {

/// Bytes that arrive in order.
class ByteStream {
 public:
  ByteStream() = default;
  virtual ~ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// Reads at most `most` bytes into `to`. \return how many; 0 only at the end. \throws Error (input)
  virtual std::size_t read(char* to, std::size_t most) = 0;
};

/// Reads until `most` bytes are there or the stream ends. \return how many there are
std::size_t read_full(ByteStream& stream, char* to, std::size_t most);

/// Reads behind the first `have` bytes of a buffer until it holds `most` bytes or the stream ends. The buffer grows
/// with what is read, so that a small file takes little memory. \return how many bytes the buffer holds then
std::size_t read_growing(ByteStream& stream, std::vector<char>& buffer, std::size_t have, std::size_t most);

/// A file, or standard input for "-". Its bytes are counted and hashed as they are read.
class FileStream final : public ByteStream {
 public:
  /// \throws Error (input) if the file is missing, is a folder, or may not be read
  explicit FileStream(const std::string& name);
  ~FileStream() override;

  std::size_t read(char* to, std::size_t most) override;

  std::uint64_t bytes() const { return bytes_; }
  std::string hash() const { return hasher_.hex(); }

 private:
  std::string name_;
  int descriptor_ = -1;
  bool is_stdin_ = false;
  std::uint64_t bytes_ = 0;
  Hasher hasher_;
};

/// A stream whose first bytes can be looked at before they are read.
class PeekedStream final : public ByteStream {
 public:
  explicit PeekedStream(std::unique_ptr<ByteStream> below) : below_(std::move(below)) {}

  /// Returns the first `size` bytes, or fewer if the stream is shorter.
  std::string_view peek(std::size_t size);

  std::size_t read(char* to, std::size_t most) override;

 private:
  std::unique_ptr<ByteStream> below_;
  std::string head_;
  std::size_t given_ = 0;
};

}  // namespace sorsweep
