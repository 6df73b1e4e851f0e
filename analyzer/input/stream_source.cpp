#include "input/stream_source.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "input/byte_order_mark.hpp"
#include "input/line_cut.hpp"

namespace stream_analyzer {

namespace {

/// Least that is read at a time past an overlong line.
constexpr std::size_t kSkip_bytes = std::size_t{64} << 10U;

/// Position behind the last line feed of [begin, end).
std::optional<std::size_t> behind_last_line_feed(const char* data, std::size_t begin,
                                                 std::size_t end) {
    const void* const found = ::memrchr(data + begin, '\n', end - begin);
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(static_cast<const char*>(found) - data) + 1;
}

}  // namespace

StreamSource::StreamSource(std::unique_ptr<ByteStream> stream, std::shared_ptr<SourceStatus> status,
                           std::size_t chunk_bytes, std::size_t longest_line_bytes)
    : stream_(std::move(stream)),
      status_(std::move(status)),
      chunk_bytes_(chunk_bytes),
      longest_line_bytes_(longest_line_bytes) {}

StreamSource::~StreamSource() {
    status_->set_disk_bytes(stream_->disk_bytes());
}

/// Reads until `wanted_bytes` more are there or the stream ends or fails.
void StreamSource::read_some(MemoryBlock& block, std::size_t& end_bytes, std::size_t wanted_bytes) {
    block.reserve(end_bytes + wanted_bytes, end_bytes);
    const std::size_t target = end_bytes + wanted_bytes;
    try {
        while (!ended_ && end_bytes < target) {
            const std::size_t length =
                stream_->read(std::span(block.data() + end_bytes, target - end_bytes));
            end_bytes += length;
            ended_ = length == 0;
        }
    } catch (const EnvironmentError& error) {
        ended_ = true;
        status_->fail(offset_bytes_ + end_bytes, error.what());
    }
}

/// Puts the carried bytes into the block, at the very start the first bytes of the stream, without
/// the byte order mark.
StreamSource::Filled StreamSource::begin_chunk(MemoryBlock& block) {
    block.reset(carry_.size() + chunk_bytes_);
    std::copy(carry_.begin(), carry_.end(), block.data());
    Filled filled{0, carry_.size()};
    carry_.clear();
    if (started_) return filled;
    started_ = true;
    read_some(block, filled.end_bytes, std::max(chunk_bytes_, kByteOrderMark.size()));
    if (std::string_view(block.data(), filled.end_bytes).starts_with(kByteOrderMark)) {
        filled.begin_bytes = kByteOrderMark.size();
        offset_bytes_ = kByteOrderMark.size();
        status_->add_bytes(kByteOrderMark.size());
    }
    return filled;
}

void StreamSource::claim(ChunkBuffer& buffer, Chunk& chunk) {
    MemoryBlock& block = buffer.block();
    Filled filled = begin_chunk(block);
    chunk.offset_bytes = offset_bytes_;
    // Carried bytes have been read before: what is wanted is new.
    std::size_t wanted = filled.end_bytes < chunk_bytes_ ? chunk_bytes_ : 0;
    std::size_t searched = filled.begin_bytes;
    while (true) {
        if (wanted > 0) read_some(block, filled.end_bytes, wanted);
        if (ended_) return hand_out(block, filled, filled.end_bytes, chunk);
        if (const auto cut = behind_last_line_feed(block.data(), searched, filled.end_bytes)) {
            return hand_out(block, filled, *cut, chunk);
        }
        if (filled.end_bytes - filled.begin_bytes > longest_line_bytes_) {
            return skip_line(block, filled, chunk);
        }
        searched = filled.end_bytes;
        // Doubling: a line of many chunks takes few reads and few copies.
        wanted = std::max(chunk_bytes_, std::min(filled.end_bytes, longest_line_bytes_));
    }
}

void StreamSource::hand_out(MemoryBlock& block, const Filled& filled, std::size_t cut,
                            Chunk& chunk) {
    carry_.assign(block.data() + cut, filled.end_bytes - cut);
    chunk.bytes = {block.data() + filled.begin_bytes, cut - filled.begin_bytes};
    chunk.last_of_source = ended_ && carry_.empty();
    offset_bytes_ += chunk.bytes.size();
    status_->add_bytes(chunk.bytes.size());
}

/// The block holds the beginning of a line that is too long to be held: hands out its first bytes,
/// and reads to its end.
void StreamSource::skip_line(MemoryBlock& block, const Filled& filled, Chunk& chunk) {
    const std::size_t prefix = std::min(longest_line_bytes_, kOverlongPrefix_bytes);
    const std::size_t keep = filled.begin_bytes + prefix;
    std::uint64_t line = filled.end_bytes - filled.begin_bytes;
    while (!ended_) {
        std::size_t end = keep;
        read_some(block, end, std::max(chunk_bytes_, kSkip_bytes));
        const std::string_view bytes(block.data() + keep, end - keep);
        const std::size_t line_feed = bytes.find('\n');
        if (line_feed == std::string_view::npos) {
            line += bytes.size();
            continue;
        }
        line += line_feed + 1;
        carry_ = bytes.substr(line_feed + 1);
        break;
    }
    chunk.bytes = {block.data() + filled.begin_bytes, prefix};
    chunk.overlong_line_bytes = line;
    chunk.last_of_source = ended_ && carry_.empty();
    offset_bytes_ += line;
    status_->add_bytes(line);
}

}  // namespace stream_analyzer
