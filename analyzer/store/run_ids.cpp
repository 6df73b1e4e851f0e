#include "store/run_ids.hpp"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "core/error.hpp"
#include "store/byte_codec.hpp"

namespace stream_analyzer {

namespace {

// Key and length of an id.
constexpr std::size_t kMostHead_bytes = sizeof(PlaceKey) + 5;

// So many bytes are copied whatever the text's length is; longer ones are long.
constexpr std::size_t kShort_bytes = RunIdsCoder::kPadding_bytes;

}  // namespace

RunIdsCoder::RunIdsCoder(TakeBlock take)
    : take_(std::move(take)), block_(std::make_unique_for_overwrite<char[]>(kMostBlock_bytes)) {}

void RunIdsCoder::begin_shard(std::uint32_t shard) {
    flush();
    begins_shard_ = shard;
}

void RunIdsCoder::add(PlaceKey key, std::string_view text) {
    if (text.size() > kShort_bytes) {
        add_long(key, text);
        return;
    }
    if (room() < kMostHead_bytes + kShort_bytes) flush();
    char* const at = block_.get() + size_;
    std::memcpy(at, &key, sizeof key);
    at[sizeof key] = static_cast<char>(text.size());
    std::memcpy(at + sizeof key + 1, text.data(), kShort_bytes);
    size_ += sizeof key + 1 + text.size();
}

void RunIdsCoder::add_long(PlaceKey key, std::string_view text) {
    if (text.size() > kMostId_bytes) {
        throw EnvironmentError(fmt::format("cannot store an id of {} bytes: the longest is {}",
                                           text.size(), kMostId_bytes));
    }
    if (room() < kMostHead_bytes + std::min(text.size(), kMostBlock_bytes / 2)) flush();
    std::string head(reinterpret_cast<const char*>(&key), sizeof key);
    ByteWriter out(head);
    out.varint(text.size());
    append(head);
    while (text.size() > room()) {
        const std::string_view part = text.substr(0, room());
        append(part);
        text.remove_prefix(part.size());
        flush();
    }
    append(text);
}

void RunIdsCoder::append(std::string_view bytes) {
    if (!bytes.empty()) std::memcpy(block_.get() + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
}

void RunIdsCoder::flush() {
    if (size_ == 0) return;
    CodedBlock block = BlockCoder::keep(BlockKind::ids, {block_.get(), size_});
    block.begins_shard = std::exchange(begins_shard_, std::nullopt);
    take_(block);
    size_ = 0;
}

RunIdsReader::RunIdsReader(std::unique_ptr<ByteSource> source, std::uint64_t block,
                           const PlaceKeys& keys)
    : blocks_(std::move(source), block), keys_(keys) {}

bool RunIdsReader::next() {
    if (rest_.empty() && !next_block()) return false;
    ByteReader in(rest_, blocks_.name());
    std::memcpy(&key_, in.bytes(sizeof key_).data(), sizeof key_);
    if (!has_shard_) shard_ = keys_.shard_of(key_);
    has_shard_ = true;
    if (keys_.shard_of(key_) != shard_) return false;
    const std::uint64_t size = in.varint();
    if (size > kMostId_bytes) in.fail("an id has no end");
    if (size > in.left()) {
        rest_ = rest_.substr(rest_.size() - in.left());
        read_long_text(size);
        return true;
    }
    text_ = in.bytes(size);
    rest_ = rest_.substr(rest_.size() - in.left());
    return true;
}

void RunIdsReader::read_long_text(std::uint64_t size) {
    long_text_.assign(rest_);
    while (long_text_.size() < size) {
        if (!next_block()) fail_as_damaged(blocks_.name(), "an id has no end");
        const std::string_view part = rest_.substr(0, size - long_text_.size());
        long_text_.append(part);
        rest_.remove_prefix(part.size());
    }
    long_text_.resize(size + kBlockPadding_bytes);
    text_ = std::string_view(long_text_).substr(0, size);
}

bool RunIdsReader::next_block() {
    if (!blocks_.next() || blocks_.kind() != BlockKind::ids) return false;
    rest_ = blocks_.content();
    return true;
}

}  // namespace stream_analyzer
