// One thread's work when a tally is written: windows into blocks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "exact/hash_order.hpp"
#include "exact/id_order.hpp"
#include "pipeline/tally.hpp"
#include "pipeline/window_jobs.hpp"
#include "pipeline/window_ranks.hpp"
#include "pipeline/write_tally.hpp"
#include "sketch/id_block.hpp"
#include "store/run_ids.hpp"
#include "store/window_coder.hpp"

namespace stream_analyzer {

/// In which order ids are written, if they are: texts by their bytes, or keys. At most one is set.
struct TallyOrder {
    std::optional<IdOrder> texts;
    std::optional<HashOrder> keys;
};

/// Some ids of a shard.
struct ShardRanks {
    std::uint32_t shard = 0;
    std::size_t first = 0;
    std::size_t last = 0;
};

class TallyCoder {
  public:
    /// All but `take` are borrowed.
    TallyCoder(const Tally& tally, const TallyOrder& order, const CountedWindows& windows,
               const TallyWriting& writing, const WindowCoder::TakeBlock& take, Packing packing);

    /// Windows between two boundaries of blocks.
    void encode_group(std::span<const WindowJob> jobs);
    /// Ids, if windows have keys.
    void encode_ids_of(const ShardRanks& ranks);

  private:
    struct KeyBlock {
        std::array<PlaceKey, IdBlock::kMost> keys;
        std::array<IdMark, IdBlock::kMost> marks;
        std::size_t size = 0;
    };

    // The window of the group with this index.
    void encode(const WindowJob& job, std::size_t index);
    [[nodiscard]] bool lacks_row_of(const WindowJob& job) const;
    void encode_ids(std::size_t index, bool to_sketches, WindowTotals& totals);
    void encode_keys(std::size_t index, bool to_sketches, WindowTotals& totals);
    void add_odd_keys(std::span<const IdRank> ranks, WindowTotals& totals);
    void encode_states(std::span<const WindowNumber> numbers);
    void prefetch(std::span<const IdRank> ahead, std::size_t i) const;

    const TallyOrder& order_;
    const CountedWindows& windows_;
    const TallyWriting& writing_;
    std::optional<WindowRanks> ranks_;  // with ids
    MergeSketches merge_sketches_;
    std::vector<Sketch> sketches_;
    IdBlock block_;
    std::unique_ptr<KeyBlock> keys_;  // instead of block_
    EstimateRow row_;
    WindowCoder coder_;
    RunIdsCoder ids_coder_;
};

}  // namespace stream_analyzer
