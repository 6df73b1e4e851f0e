#include "exact/ground_truth.hpp"

#include <algorithm>
#include <bit>

namespace stream_analyzer {

namespace {

constexpr std::size_t kShardsPerThread = 4;

// How many ids ahead a dictionary's cell is asked for; 16 and 64 measured the same.
constexpr std::size_t kAhead = 32;

// Hashes handed over at once: a block stays in the first-level cache while each sketch reads it.
constexpr std::size_t kBlock = 1024;

// A sorted key, a rank, an id with its hash; its text is copied if it is long. (While keys are
// sorted they have twice their room, but nothing else has any.)
constexpr std::size_t kOrderedId_bytes = 16 + 4 + 32;

// A key, a place in the table, a rank, a mark. Then, where a window has all ids: their ranks, which
// two threads may have at hand, and their keys and marks in blocks that wait for their turn.
constexpr std::size_t kHashOrderedId_bytes = (8 + 4 + 4 + 1) + 2 * 4 + (8 + 1);

// Collects hashes, or texts, into blocks.
template <typename Item>
class BlockWriter {
  public:
    using Take = std::function<void(std::span<const Item>)>;

    explicit BlockWriter(const Take& take) : take_(take) {
        if (take_) block_.reserve(kBlock);
    }

    [[nodiscard]] bool is_wanted() const { return static_cast<bool>(take_); }

    void add(const Item& item) {
        if (!take_) return;
        block_.push_back(item);
        if (block_.size() == kBlock) flush();
    }

    void flush() {
        if (!block_.empty()) take_(block_);
        block_.clear();
    }

  private:
    const Take& take_;
    std::vector<Item> block_;
};

}  // namespace

GroundTruth::GroundTruth(unsigned threads)
    : shards_(std::min(kMostShards, std::bit_ceil(kShardsPerThread * std::size_t{threads}))) {
    // shard_of shifts by one more, so that a single shard does not ask for a shift by 64.
    shard_shift_ = 63U - static_cast<unsigned>(std::countr_zero(shards_.size()));
    for (Shard& shard : shards_)
        shard.publish_sizes();
}

void GroundTruth::add(std::size_t shard_index, std::span<const Sighting> sightings) {
    Shard& shard = shards_[shard_index];
    const std::lock_guard lock(shard.mutex);
    shard.add(sightings);
}

void GroundTruth::Shard::add(std::span<const Sighting> sightings) {
    find_numbers(sightings);
    // Neighbours are mostly in the same window.
    for (std::size_t begin = 0; begin < sightings.size();) {
        const std::size_t window = sightings[begin].window;
        std::size_t end = begin + 1;
        while (end < sightings.size() && sightings[end].window == window)
            ++end;
        if (window >= windows.size()) windows.resize(window + 1);
        const std::span its_numbers = std::span(numbers).subspan(begin, end - begin);
        sets_bytes += windows[window].insert_all(its_numbers, ids.size());
        begin = end;
    }
    publish_sizes();
}

void GroundTruth::Shard::publish_sizes() {
    used_bytes = ids.memory_bytes() + windows.capacity() * sizeof(IdSet) + sets_bytes;
    entered_ids = ids.size();
    long_text_bytes = ids.long_text_bytes();
}

void GroundTruth::Shard::find_numbers(std::span<const Sighting> sightings) {
    numbers.resize(sightings.size());
    later.resize(sightings.size());
    for (std::size_t i = 0; i < std::min(kAhead, sightings.size()); ++i)
        ids.prefetch(sightings[i].id.hash);
    // Those that are not found at once are put off until the next memory is there: to wait for it
    // took an eighth of a run over 20 M records of 1 M users (measured).
    std::size_t put_off = 0;
    for (std::size_t i = 0; i < sightings.size(); ++i) {
        if (i + kAhead < sightings.size()) ids.prefetch(sightings[i + kAhead].id.hash);
        numbers[i] = ids.find_at_once(sightings[i].id);
        later[put_off] = static_cast<std::uint32_t>(i);
        put_off += numbers[i] == IdDictionary::kNone ? 1 : 0;
    }
    for (std::size_t i = 0; i < std::min(kAhead, put_off); ++i)
        ids.prefetch_next(sightings[later[i]].id);
    for (std::size_t i = 0; i < put_off; ++i) {
        if (i + kAhead < put_off) ids.prefetch_next(sightings[later[i + kAhead]].id);
        numbers[later[i]] = ids.find_or_enter(sightings[later[i]].id);
    }
}

ExactCount GroundTruth::count(std::span<const std::uint32_t> windows, const TakeHashes& take,
                              const TakeTexts& take_texts) const {
    ExactCount total;
    BlockWriter<Hash64> hashes(take);
    BlockWriter<std::string_view> texts(take_texts);
    for (const Shard& shard : shards_) {
        shard.for_each_of_union(windows, [&](DenseId number) {
            ++total.distinct;
            total.id_bytes += shard.ids.length_of(number);
            hashes.add(shard.ids.hash_of(number));
            if (texts.is_wanted()) texts.add(shard.ids.id_of(number));
        });
    }
    hashes.flush();
    texts.flush();
    return total;
}

std::size_t GroundTruth::memory_bytes() const {
    std::size_t bytes = 0;
    for (const Shard& shard : shards_)
        bytes += shard.used_bytes;
    return bytes;
}

std::size_t GroundTruth::ids() const {
    std::size_t ids = 0;
    for (const Shard& shard : shards_)
        ids += shard.ids.size();
    return ids;
}

std::size_t GroundTruth::order_bytes() const {
    std::size_t bytes = 0;
    for (const Shard& shard : shards_)
        bytes += shard.entered_ids * kOrderedId_bytes + shard.long_text_bytes;
    return bytes;
}

std::size_t GroundTruth::hash_order_bytes() const {
    std::size_t bytes = 0;
    for (const Shard& shard : shards_)
        bytes += shard.entered_ids * kHashOrderedId_bytes;
    return bytes;
}

std::uint64_t GroundTruth::size_of(std::uint32_t window) const {
    std::uint64_t size = 0;
    for (const Shard& shard : shards_) {
        if (window < shard.windows.size()) size += shard.windows[window].size();
    }
    return size;
}

void GroundTruth::clear() {
    for (Shard& shard : shards_) {
        shard.ids = IdDictionary();
        shard.clear(0);
    }
}

void GroundTruth::begin_anew(bool as_many) {
    for (Shard& shard : shards_)
        shard.clear(as_many ? shard.ids.size() : shard.ids.size() / 2);
}

void GroundTruth::Shard::clear(std::size_t expected_ids) {
    ids.clear(expected_ids);
    windows = std::vector<IdSet>();
    sets_bytes = 0;
    publish_sizes();
}

template <typename Visit>
void GroundTruth::Shard::for_each_of_union(std::span<const std::uint32_t> united_windows,
                                           Visit visit) const {
    if (united_windows.size() == 1) {
        if (united_windows[0] < windows.size()) windows[united_windows[0]].for_each(visit);
        return;
    }
    // IdSet becomes a bitmap by itself once that is the smaller.
    IdSet united;
    for (const std::uint32_t number : united_windows) {
        if (number >= windows.size()) continue;
        windows[number].for_each([&](DenseId id) { (void)united.insert(id, ids.size()); });
    }
    united.for_each(visit);
}

}  // namespace stream_analyzer
