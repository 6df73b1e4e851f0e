#include "store/block.hpp"

#include <zstd.h>

#include <array>
#include <cassert>
#include <new>
#include <span>
#include <utility>

#include "core/error.hpp"
#include "core/hash64.hpp"
#include "store/byte_codec.hpp"

namespace stream_analyzer {

namespace {

constexpr std::size_t kFrame_bytes = 20;
constexpr std::size_t kChecksum_bytes = 8;

// By Packing. The fastest of the usual levels for what is kept; one without an entropy coder for
// what is spilled. With two roll-ups of 6 M random ids of 19 bytes (--memory 256MB) the first took
// 0.7 s of CPU time of 6.6 for 200 MB, the second 0.1 s for 350 MB.
constexpr std::array kCompressionLevels{1, -5};

Hash64 checksum(std::uint64_t number, std::string_view frame_start, std::string_view stored) {
    return hash_id(stored, hash_id(frame_start, number));
}

}  // namespace

void BlockCoder::Free::operator()(ZSTD_CCtx_s* context) const {
    ZSTD_freeCCtx(context);
}

void BlockReader::Free::operator()(ZSTD_DCtx_s* context) const {
    ZSTD_freeDCtx(context);
}

BlockCoder::BlockCoder(Packing packing)
    : context_(ZSTD_createCCtx()), level_(kCompressionLevels[static_cast<std::size_t>(packing)]) {
    if (!context_) throw std::bad_alloc();
}

CodedBlock BlockCoder::code(BlockKind kind, std::string_view content) {
    assert(content.size() <= kMostBlock_bytes);
    CodedBlock block{.kind = kind,
                     .compressed = true,
                     .decoded_bytes = static_cast<std::uint32_t>(content.size()),
                     .stored = std::string(ZSTD_compressBound(content.size()), '\0'),
                     .begins_window = {},
                     .begins_shard = {}};
    const std::size_t size =
        ZSTD_compressCCtx(context_.get(), block.stored.data(), block.stored.size(), content.data(),
                          content.size(), level_);
    if (ZSTD_isError(size) == 0 && size < content.size()) {
        block.stored.resize(size);
    } else {
        block.stored.assign(content);
        block.compressed = false;
    }
    return block;
}

CodedBlock BlockCoder::keep(BlockKind kind, std::string_view content) {
    assert(content.size() <= kMostBlock_bytes);
    return {.kind = kind,
            .compressed = false,
            .decoded_bytes = static_cast<std::uint32_t>(content.size()),
            .stored = std::string(content),
            .begins_window = {},
            .begins_shard = {}};
}

BlockWriter::BlockWriter(ByteSink& sink) : sink_(sink) {
    sink_.write(kRunMagic);
    place_.offset_bytes = kRunMagic.size();
}

void BlockWriter::append(const CodedBlock& block) {
    frame_.clear();
    ByteWriter frame(frame_);
    frame.byte(static_cast<std::uint8_t>(block.kind));
    frame.byte(block.compressed ? 1 : 0);
    frame.byte(0);
    frame.byte(0);
    frame.u32(static_cast<std::uint32_t>(block.stored.size()));
    frame.u32(block.decoded_bytes);
    frame.u64(checksum(place_.number++, frame_, block.stored));
    sink_.write(frame_);
    sink_.write(block.stored);
    place_.offset_bytes += frame_.size() + block.stored.size();
}

BlockReader::BlockReader(std::unique_ptr<ByteSource> source, std::uint64_t number)
    : source_(std::move(source)), context_(ZSTD_createDCtx()), number_(number) {
    if (!context_) throw std::bad_alloc();
}

BlockReader::BlockReader(std::unique_ptr<ByteSource> source) : BlockReader(std::move(source), 0) {
    std::array<char, kRunMagic.size()> magic{};
    const std::size_t size = source_->read(magic);
    if (std::string_view(magic.data(), size) != kRunMagic) {
        throw EnvironmentError(source_->name() + " is no stored result of stream-analyzer");
    }
}

bool BlockReader::next() {
    std::array<char, kFrame_bytes> frame_bytes{};
    const std::size_t size = source_->read(frame_bytes);
    if (size == 0) return false;
    if (size < kFrame_bytes) fail_as_damaged(name(), "it ends within a block");
    const std::string_view frame(frame_bytes.data(), kFrame_bytes);
    ByteReader fields(frame, name());
    kind_ = static_cast<BlockKind>(fields.byte());
    const std::uint8_t coding = fields.byte();
    const bool is_padded = fields.byte() == 0 && fields.byte() == 0;
    const std::uint32_t stored_bytes = fields.u32();
    const std::uint32_t decoded_bytes = fields.u32();
    const std::uint64_t expected = fields.u64();
    if (coding > 1 || !is_padded || stored_bytes > kMostBlock_bytes ||
        decoded_bytes > kMostBlock_bytes || (coding == 0 && stored_bytes != decoded_bytes)) {
        fail_as_damaged(name(), "what stands where a block begins is none");
    }
    const std::string_view stored = read_stored(stored_bytes);
    const std::string_view frame_start = frame.substr(0, kFrame_bytes - kChecksum_bytes);
    if (checksum(number_++, frame_start, stored) != expected) {
        fail_as_damaged(name(), "the checksum of a block is wrong");
    }
    content_ = coding == 1 ? decompress(stored, decoded_bytes) : stored;
    return true;
}

std::string_view BlockReader::read_stored(std::uint32_t size_bytes) {
    stored_.resize(size_bytes + kBlockPadding_bytes);
    if (source_->read(std::span(stored_).first(size_bytes)) < size_bytes) {
        fail_as_damaged(name(), "it ends within a block");
    }
    return std::string_view(stored_).substr(0, size_bytes);
}

std::string_view BlockReader::decompress(std::string_view stored, std::uint32_t decoded_bytes) {
    decoded_.resize(decoded_bytes + kBlockPadding_bytes);
    const std::size_t size = ZSTD_decompressDCtx(context_.get(), decoded_.data(), decoded_bytes,
                                                 stored.data(), stored.size());
    if (ZSTD_isError(size) != 0 || size != decoded_bytes) {
        fail_as_damaged(name(), "a block cannot be decompressed");
    }
    return std::string_view(decoded_).substr(0, decoded_bytes);
}

}  // namespace stream_analyzer
