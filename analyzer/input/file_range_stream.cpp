#include "input/file_range_stream.hpp"

#include <algorithm>

namespace stream_analyzer {

std::size_t FileRangeStream::read(std::span<char> out) {
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), end_bytes_ - next_bytes_));
    if (wanted == 0) return 0;
    const std::size_t length = file_->read_at(next_bytes_, out.first(wanted));
    next_bytes_ += length;
    return length;
}

}  // namespace stream_analyzer
