// A chunk that is handed out straight from a mapping.
#pragma once

#include <cstdint>
#include <memory>

#include "input/mapped_range.hpp"

namespace stream_analyzer {

/// Keeps the range mapped, and can say whether what was handed out of it is void.
class MappedChunk {
  public:
    /// [text_begin, text_end) of the file were handed out, which count as `delivered_bytes` in the
    /// source's report.
    MappedChunk(std::unique_ptr<const MappedRange> range, std::uint64_t text_begin,
                std::uint64_t text_end, std::uint64_t delivered_bytes)
        : range_(std::move(range)),
          text_begin_bytes_(text_begin),
          text_end_bytes_(text_end),
          delivered_bytes_(delivered_bytes) {}

    /// Whether the text may be void. The first time that it is, it is struck from the report and
    /// the error noted.
    [[nodiscard]] bool is_damaged() {
        if (damaged_ || !range_->is_damaged(text_begin_bytes_, text_end_bytes_)) return damaged_;
        damaged_ = true;
        SourceStatus& status = range_->file().status();
        status.take_back_bytes(delivered_bytes_);
        status.fail(text_begin_bytes_, range_->damage_error(text_end_bytes_).what());
        return true;
    }

  private:
    std::unique_ptr<const MappedRange> range_;
    std::uint64_t text_begin_bytes_;
    std::uint64_t text_end_bytes_;
    std::uint64_t delivered_bytes_;
    bool damaged_ = false;
};

}  // namespace stream_analyzer
