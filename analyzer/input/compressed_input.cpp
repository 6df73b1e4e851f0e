#include "input/compressed_input.hpp"

#include <algorithm>
#include <utility>

namespace stream_analyzer {

namespace {

/// Half an L2 cache of the reference machine: compressed bytes are still cached when decoded.
constexpr std::size_t kBuffer_bytes = std::size_t{256} << 10U;

}  // namespace

CompressedInput::CompressedInput(std::unique_ptr<ByteStream> stream, std::string name,
                                 std::string_view format, std::uint64_t begin_bytes)
    : stream_(std::move(stream)),
      name_(std::move(name)),
      format_(format),
      buffer_(kGiveBack_bytes + kBuffer_bytes),
      offset_bytes_(begin_bytes - kGiveBack_bytes) {}

std::string_view CompressedInput::buffered() const {
    return {buffer_.data() + begin_, end_ - begin_};
}

bool CompressedInput::fill() {
    if (begin_ < end_) return true;
    std::copy_n(buffer_.data() + (end_ - kGiveBack_bytes), kGiveBack_bytes, buffer_.data());
    offset_bytes_ += end_ - kGiveBack_bytes;
    begin_ = end_ = kGiveBack_bytes;
    const auto missing = static_cast<std::size_t>(kBuffer_bytes - offset_bytes() % kBuffer_bytes);
    while (end_ - begin_ < missing && read_some(missing - (end_ - begin_))) {
    }
    return begin_ < end_;
}

/// False at the stream's end. Of a stream that fails, what was read before the failure comes first:
/// the failure is thrown when that is used up.
bool CompressedInput::read_some(std::size_t most_bytes) {
    if (failure_) {
        if (begin_ < end_) return false;
        throw EnvironmentError(*failure_);
    }
    try {
        const std::size_t length = stream_->read(std::span(buffer_).subspan(end_, most_bytes));
        end_ += length;
        return length > 0;
    } catch (const EnvironmentError& error) {
        if (begin_ == end_) throw;
        failure_ = error.what();
        return false;
    }
}

std::optional<unsigned char> CompressedInput::next_byte() {
    if (!fill()) return std::nullopt;
    return static_cast<unsigned char>(buffer_[begin_++]);
}

EnvironmentError CompressedInput::damage_at(std::uint64_t offset_bytes, std::string_view what,
                                            std::uint64_t decompressed_bytes) const {
    std::string message = "cannot read " + name_ + ": " + std::string(format_) + " data ";
    message.append(what);
    message += " (compressed offset " + std::to_string(offset_bytes);
    message += ", after " + std::to_string(decompressed_bytes) + " decompressed bytes)";
    return EnvironmentError(message);
}

}  // namespace stream_analyzer
