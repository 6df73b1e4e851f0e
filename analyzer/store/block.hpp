// Blocks: framed, compressed, checksummed pieces of a run.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/byte_sink.hpp"
#include "store/byte_source.hpp"
#include "store/run_format.hpp"
#include "store/run_places.hpp"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace stream_analyzer {

/// A block without its place in a run.
struct CodedBlock {
    BlockKind kind{};
    bool compressed = false;
    std::uint32_t decoded_bytes = 0;
    std::string stored;
    std::optional<WindowKey> begins_window;     ///< that it begins with
    std::optional<std::uint32_t> begins_shard;  ///< of ids, that it begins with
};

/// See BlockReader::content().
inline constexpr std::size_t kBlockPadding_bytes = 32;

/// What compressing may cost.
enum class Packing : std::uint8_t {
    small,  ///< for what is kept
    fast,   ///< for what is read again soon and is gone then
};

/// Compresses. For one thread at a time.
class BlockCoder {
  public:
    explicit BlockCoder(Packing packing = Packing::small);

    /// `content` is at most kMostBlock_bytes long.
    [[nodiscard]] CodedBlock code(BlockKind kind, std::string_view content);
    /// The same for what does not get smaller: as it is.
    [[nodiscard]] static CodedBlock keep(BlockKind kind, std::string_view content);

  private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> context_;
    int level_;
};

/// Writes the magic and blocks in their order.
class BlockWriter {
  public:
    /// `sink` is borrowed.
    explicit BlockWriter(ByteSink& sink);

    void append(const CodedBlock& block);
    /// Of the next block.
    [[nodiscard]] const BlockPlace& place() const { return place_; }

  private:
    ByteSink& sink_;
    BlockPlace place_;
    std::string frame_;
};

/// Reads blocks in their order. Everything that is wrong with them is an EnvironmentError naming
/// the source.
class BlockReader {
  public:
    explicit BlockReader(std::unique_ptr<ByteSource> source);
    /// Begins with the block of this number, where `source` stands.
    BlockReader(std::unique_ptr<ByteSource> source, std::uint64_t number);

    /// False at the end of the source; else kind() and content() are those of the next block, valid
    /// until next is called again.
    [[nodiscard]] bool next();

    [[nodiscard]] BlockKind kind() const { return kind_; }
    /// kBlockPadding_bytes more may be read behind its end.
    [[nodiscard]] std::string_view content() const { return content_; }
    [[nodiscard]] const std::string& name() const { return source_->name(); }

  private:
    [[nodiscard]] std::string_view read_stored(std::uint32_t size_bytes);
    [[nodiscard]] std::string_view decompress(std::string_view stored, std::uint32_t decoded_bytes);

    struct Free {
        void operator()(ZSTD_DCtx_s* context) const;
    };

    std::unique_ptr<ByteSource> source_;
    std::unique_ptr<ZSTD_DCtx_s, Free> context_;
    std::uint64_t number_ = 0;
    BlockKind kind_{};
    std::string stored_;
    std::string decoded_;
    std::string_view content_;
};

}  // namespace stream_analyzer
