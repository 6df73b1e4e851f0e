// A plain regular file, cut into shares that threads read side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "input/chunk_source.hpp"
#include "input/input_options.hpp"
#include "input/line_cut.hpp"
#include "input/source_file.hpp"

namespace stream_analyzer {

/// Serves a seekable uncompressed file, mapped or read in blocks. A share that cannot be
/// read is handed out empty and noted in the status; the others are served all the same, so that
/// the result does not depend on which thread met the failure first.
class RangedSource : public ChunkSource {
  public:
    /// `partition` must end at the file's length. Where mapping is refused blocks are read.
    RangedSource(std::shared_ptr<const SourceFile> file, IoBackend backend,
                 const Partition& partition)
        : file_(std::move(file)),
          backend_(backend),
          partition_(partition),
          next_bytes_(partition.begin_bytes) {}

    void claim(ChunkBuffer& buffer, Chunk& chunk) override;
    void load(ChunkBuffer& buffer, Chunk& chunk) override;
    [[nodiscard]] std::uint64_t claimed_disk_bytes() const override { return next_bytes_; }

  private:
    [[nodiscard]] std::uint64_t end_of_share(std::uint64_t begin) const;
    bool load_mapped(ChunkBuffer& buffer, Chunk& chunk) const;
    void load_block(ChunkBuffer& buffer, Chunk& chunk) const;
    [[nodiscard]] CutLines cut(RangeText& text, Chunk& chunk) const;

    std::shared_ptr<const SourceFile> file_;
    IoBackend backend_;
    Partition partition_;
    std::uint64_t next_bytes_;
};

}  // namespace stream_analyzer
