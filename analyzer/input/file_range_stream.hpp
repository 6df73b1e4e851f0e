// A stretch of a regular file, in order.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "input/byte_stream.hpp"
#include "input/source_file.hpp"

namespace stream_analyzer {

/// Reads [begin, end) of a seekable SourceFile; when that has become shorter it is an error. Leaves
/// the file's position alone: several may read at once.
class FileRangeStream : public ByteStream {
  public:
    FileRangeStream(std::shared_ptr<const SourceFile> file, std::uint64_t begin_bytes,
                    std::uint64_t end_bytes)
        : file_(std::move(file)), next_bytes_(begin_bytes), end_bytes_(end_bytes) {}

    [[nodiscard]] std::size_t read(std::span<char> out) override;
    /// Those before the stretch are counted too.
    [[nodiscard]] std::uint64_t disk_bytes() const override { return next_bytes_; }

  private:
    std::shared_ptr<const SourceFile> file_;
    std::uint64_t next_bytes_;
    std::uint64_t end_bytes_;
};

}  // namespace stream_analyzer
