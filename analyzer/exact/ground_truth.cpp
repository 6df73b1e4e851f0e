#include "exact/ground_truth.hpp"

#include <bit>

namespace stream_analyzer {

namespace {

constexpr std::size_t kShardsPerThread = 4;

// Hashes handed over at once: a block stays in the first-level cache while each sketch reads it.
constexpr std::size_t kBlock = 1024;

// Collects hashes into blocks.
class BlockWriter {
  public:
    explicit BlockWriter(const GroundTruth::TakeHashes& take) : take_(take) {
        if (take_) block_.reserve(kBlock);
    }

    void add(Hash64 hash) {
        if (!take_) return;
        block_.push_back(hash);
        if (block_.size() == kBlock) flush();
    }

    void flush() {
        if (!block_.empty()) take_(block_);
        block_.clear();
    }

  private:
    const GroundTruth::TakeHashes& take_;
    std::vector<Hash64> block_;
};

}  // namespace

GroundTruth::GroundTruth(unsigned threads)
    : shards_(std::bit_ceil(kShardsPerThread * std::size_t{threads})) {
    // shard_of shifts by one more, so that a single shard does not ask for a shift by 64.
    shard_shift_ = 63U - static_cast<unsigned>(std::countr_zero(shards_.size()));
}

void GroundTruth::add(std::size_t shard_index, std::span<const Sighting> sightings) {
    Shard& shard = shards_[shard_index];
    const std::lock_guard lock(shard.mutex);
    shard.batch.clear();
    for (const Sighting& sighting : sightings) {
        shard.batch.push_back(sighting.id);
    }
    shard.numbers.resize(sightings.size());
    shard.ids.intern(shard.batch, shard.numbers);
    const std::size_t universe = shard.ids.size();
    for (std::size_t i = 0; i < sightings.size(); ++i) {
        const std::size_t window = sightings[i].window;
        if (window >= shard.windows.size()) shard.windows.resize(window + 1);
        shard.windows[window].insert(shard.numbers[i], universe);
    }
}

ExactCount GroundTruth::count(std::span<const std::uint32_t> windows,
                              const TakeHashes& take) const {
    ExactCount total;
    BlockWriter hashes(take);
    for (const Shard& shard : shards_) {
        const auto visit = [&](DenseId number) {
            ++total.distinct;
            total.id_bytes += shard.ids.length_of(number);
            hashes.add(shard.ids.hash_of(number));
        };
        if (windows.size() == 1) {
            if (windows[0] < shard.windows.size()) shard.windows[windows[0]].for_each(visit);
            continue;
        }
        std::vector<std::uint64_t> united(shard.ids.size() / 64 + 1);
        for (const std::uint32_t window : windows) {
            if (window >= shard.windows.size()) continue;
            shard.windows[window].for_each(
                [&](DenseId number) { united[number / 64] |= std::uint64_t{1} << (number % 64); });
        }
        for (std::size_t word = 0; word < united.size(); ++word) {
            for (std::uint64_t bits = united[word]; bits != 0; bits &= bits - 1) {
                visit(static_cast<DenseId>(word * 64 +
                                           static_cast<std::size_t>(std::countr_zero(bits))));
            }
        }
    }
    hashes.flush();
    return total;
}

std::size_t GroundTruth::memory_bytes() const {
    std::size_t bytes = 0;
    for (const Shard& shard : shards_) {
        bytes += shard.ids.memory_bytes() + shard.windows.capacity() * sizeof(IdSet);
        for (const IdSet& window : shard.windows) {
            bytes += window.memory_bytes();
        }
    }
    return bytes;
}

}  // namespace stream_analyzer
