#include "input/mapped_text.hpp"

#include <algorithm>

namespace stream_analyzer {

namespace {

/// Mapped behind what is asked for: a share's last line mostly ends within it. Several lines of
/// the usual 2 KiB.
constexpr std::uint64_t kReserve_bytes = 16U << 10U;

}  // namespace

std::string_view MappedText::view(std::uint64_t begin, std::uint64_t end) {
    if (!range_) begin_bytes_ = begin;
    if (!range_ || !range_->covers(begin, end)) {
        const std::uint64_t reserved = std::min(end + kReserve_bytes, *file_->size_bytes());
        range_.reset();
        range_ = std::make_unique<const MappedRange>(file_, begin_bytes_, reserved);
    }
    return range_->view(begin, end);
}

}  // namespace stream_analyzer
