/// \file
/// DBN as a source: metadata, then blocks of whole records.
#pragma once

#include <memory>
#include <string>

#include "feed/byte_stream.hpp"
#include "feed/dbn_metadata.hpp"
#include "feed/source.hpp"

namespace sorsweep {

class DbnSource final : public Source {
 public:
  /// \param stream from the letters DBN on; \param file what it comes from: lives as long as the stream
  /// \throws Error (input) where the schema holds no quotes
  DbnSource(std::string name, std::unique_ptr<ByteStream> stream, const FileStream& file);

  bool next(RawBlock& block) override;
  void read(const RawBlock& block, RowBlock& rows) const override;

  std::uint64_t lines_before() const override { return 0; }
  std::string format() const override { return "dbn " + dbn_schema_name(metadata_.schema); }
  bool prices_are_nano() const override { return true; }
  bool has_flags() const override { return true; }
  std::uint64_t bytes() const override { return file_.bytes(); }
  std::string hash() const override { return file_.hash(); }

 private:
  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  const FileStream& file_;
  DbnMetadata metadata_;
  std::string ahead_;  ///< the beginning of a record whose end is not read yet
  std::uint64_t ahead_byte_ = 0;
};

}  // namespace sorsweep
