// The bytes of a file, fifo, device or standard input in order.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string_view>

#include "input/byte_stream.hpp"
#include "input/compression.hpp"
#include "input/source_file.hpp"

namespace stream_analyzer {

/// Reads a SourceFile from its current position. A regular file is read up to the length it had
/// when it was opened; ending earlier is an error. Anything else ends early when `interrupted` (may
/// be null) is set, even while nothing arrives.
class FileStream : public ByteStream {
  public:
    explicit FileStream(std::shared_ptr<const SourceFile> file,
                        const std::atomic<bool>* interrupted = nullptr)
        : file_(std::move(file)), interrupted_(interrupted) {}

    [[nodiscard]] std::size_t read(std::span<char> out) override;
    [[nodiscard]] std::uint64_t disk_bytes() const override { return disk_bytes_; }

    /// The first kMagic_bytes (fewer when the file is shorter), which the next read returns again.
    /// Only before the first read.
    [[nodiscard]] std::string_view peek_magic();

  private:
    std::size_t read_file(std::span<char> out);
    [[nodiscard]] bool wait_for_bytes() const;

    std::shared_ptr<const SourceFile> file_;
    const std::atomic<bool>* interrupted_;
    std::uint64_t disk_bytes_ = 0;
    std::array<char, kMagic_bytes> head_{};
    std::size_t head_begin_ = 0;
    std::size_t head_end_ = 0;
};

}  // namespace stream_analyzer
