// Bytes of a file read into a block of memory, for cutting it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "input/memory_block.hpp"
#include "input/range_text.hpp"
#include "input/source_file.hpp"

namespace stream_analyzer {

/// Keeps one stretch of the file in `block`, which grows as more behind it is asked for.
class LoadedText : public RangeText {
  public:
    LoadedText(const SourceFile& file, MemoryBlock& block) : file_(file), block_(block) {}

    [[nodiscard]] std::string_view view(std::uint64_t begin, std::uint64_t end) override;
    void restart() override { size_bytes_ = 0; }

  private:
    void load(std::size_t bytes);

    const SourceFile& file_;
    MemoryBlock& block_;
    std::uint64_t begin_bytes_ = 0;  ///< offset in the file of the stretch
    std::size_t lead_bytes_ = 0;     ///< where the stretch begins in the block
    std::size_t size_bytes_ = 0;     ///< length of the stretch
};

}  // namespace stream_analyzer
