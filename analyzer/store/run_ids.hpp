// The ids of a spilled run, each once, beside the windows that have their keys.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "exact/place_key.hpp"
#include "store/block.hpp"

namespace stream_analyzer {

/// Encodes ids into blocks, one thread with a coder of its own, which begins with a shard.
class RunIdsCoder {
  public:
    using TakeBlock = std::function<void(const CodedBlock&)>;

    /// From where a text begins so many bytes may be read.
    static constexpr std::size_t kPadding_bytes = 24;

    explicit RunIdsCoder(TakeBlock take);

    /// Ids of this shard follow.
    void begin_shard(std::uint32_t shard);
    /// Ids ascend by key, and by text where they share it. Throws EnvironmentError for one longer
    /// than kMostId_bytes.
    void add(PlaceKey key, std::string_view text);
    /// Ends the open block.
    void flush();

  private:
    void add_long(PlaceKey key, std::string_view text);
    [[nodiscard]] std::size_t room() const { return kMostBlock_bytes - size_; }
    void append(std::string_view bytes);

    TakeBlock take_;
    std::unique_ptr<char[]> block_;
    std::size_t size_ = 0;
    std::optional<std::uint32_t> begins_shard_;
};

/// Reads the ids of one shard of a run, holding one block.
class RunIdsReader {
  public:
    /// `source` stands at the block of this number, with which the shard begins.
    RunIdsReader(std::unique_ptr<ByteSource> source, std::uint64_t block, const PlaceKeys& keys);

    /// Goes to the next id. False behind the last of the shard.
    [[nodiscard]] bool next();
    [[nodiscard]] PlaceKey key() const { return key_; }
    /// Valid until next() is called; kBlockPadding_bytes may be read from where it begins.
    [[nodiscard]] std::string_view text() const { return text_; }

  private:
    [[nodiscard]] bool next_block();
    void read_long_text(std::uint64_t size);

    BlockReader blocks_;
    PlaceKeys keys_;
    std::string_view rest_;  // of the block
    std::uint32_t shard_ = 0;
    bool has_shard_ = false;
    PlaceKey key_ = 0;
    std::string_view text_;
    std::string long_text_;
};

}  // namespace stream_analyzer
