// The ground truth: the distinct ids of every window, shared by all threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "core/hash64.hpp"
#include "exact/id_dictionary.hpp"
#include "exact/id_set.hpp"

namespace stream_analyzer {

/// An id seen in a window. Windows are numbered 0, 1, 2, ... by the caller.
struct Sighting {
    HashedId id;
    std::uint32_t window = 0;
};

/// What is exactly known of one window, or of the union of several.
struct ExactCount {
    std::uint64_t distinct = 0;
    std::uint64_t id_bytes = 0;  ///< Σ length of the distinct ids

    /// Memory of the set as every output states it: the ids and kPerId_bytes for each, a formula of
    /// the set alone. (Actual memory is in the summary.)
    [[nodiscard]] std::uint64_t set_bytes() const { return id_bytes + kPerId_bytes * distinct; }

    /// A 64-bit hash and a 32-bit length or offset, as an open-addressing set of strings needs at
    /// least, rounded to its alignment.
    static constexpr std::uint64_t kPerId_bytes = 16;
};

/// Ids are spread over shards by their hash. A shard is a dictionary and a set of dense ids for
/// each window, under one lock; threads hand over batches, so locks are rare and never held long.
/// There is no copy per thread and nothing to merge at the end.
class GroundTruth {
  public:
    /// At least four shards a thread keep threads out of each other's way; more than kMostShards
    /// would only cost memory, 16 bytes a window and shard.
    explicit GroundTruth(unsigned threads);

    [[nodiscard]] std::size_t shards() const { return shards_.size(); }
    [[nodiscard]] std::size_t shard_of(Hash64 hash) const {
        return static_cast<std::size_t>(hash >> 1U >> shard_shift_);
    }

    /// Of a hash's highest, those that choose the shard.
    [[nodiscard]] unsigned shard_bits() const { return 63U - shard_shift_; }

    /// Enters sightings whose ids all belong to `shard`. Thread-safe. The ids are copied.
    void add(std::size_t shard, std::span<const Sighting> sightings);

    /// Hashes of distinct ids, in blocks.
    using TakeHashes = std::function<void(std::span<const Hash64>)>;
    /// Their texts, valid until the next add().
    using TakeTexts = std::function<void(std::span<const std::string_view>)>;

    /// Counts the union of `windows` (numbers without repetition; a number never seen is an empty
    /// window) and hands over the hash of each of its ids once, if `take` is set, and the text of
    /// each once, if `take_texts` is. Thread-safe, but not beside add(). O(ids of the windows +
    /// dictionary / 64 for a union of several).
    [[nodiscard]] ExactCount count(std::span<const std::uint32_t> windows, const TakeHashes& take,
                                   const TakeTexts& take_texts = {}) const;

    /// Bytes in use by ids and windows. Thread-safe, and waits for no other thread.
    [[nodiscard]] std::size_t memory_bytes() const;
    /// Bytes that an IdOrder (exact/id_order.hpp) of these ids would need at most. Likewise.
    [[nodiscard]] std::size_t order_bytes() const;
    /// The same of a HashOrder (exact/hash_order.hpp).
    [[nodiscard]] std::size_t hash_order_bytes() const;
    /// Not beside add(), like all that follows.
    /// Distinct ids in all windows.
    [[nodiscard]] std::size_t ids() const;
    [[nodiscard]] const IdDictionary& ids_of(std::size_t shard) const { return shards_[shard].ids; }
    /// Distinct ids of a window.
    [[nodiscard]] std::uint64_t size_of(std::uint32_t window) const;
    /// Calls visit(DenseId) for each id that a window has of a shard.
    template <typename Visit>
    void for_each(std::size_t shard, std::uint32_t window, Visit visit) const {
        const std::vector<IdSet>& windows = shards_[shard].windows;
        if (window < windows.size()) windows[window].for_each(visit);
    }

    /// Forgets all ids and windows, and gives their memory back.
    void clear();
    /// The same, but keeps memory for as many ids again, or for half of them.
    void begin_anew(bool as_many);

    static constexpr std::size_t kMostShards = 64;

  private:
    struct alignas(64) Shard {
        std::mutex mutex;
        IdDictionary ids;
        std::vector<IdSet> windows;
        std::size_t sets_bytes = 0;  // on the heaps of the sets
        // As of the last add; read without the lock, which the threads would wait for.
        std::atomic<std::size_t> used_bytes{0};
        std::atomic<std::size_t> entered_ids{0};
        std::atomic<std::size_t> long_text_bytes{0};
        std::vector<DenseId> numbers;      // scratch of add
        std::vector<std::uint32_t> later;  // likewise

        /// Enters sightings. The lock must be held.
        void add(std::span<const Sighting> sightings);

        /// Enters new ids and sets `numbers` to those of all sightings.
        void find_numbers(std::span<const Sighting> sightings);

        /// Forgets all windows, and keeps room for so many ids.
        void clear(std::size_t expected_ids);

        /// Sets what is read without the lock.
        void publish_sizes();

        /// Calls visit(DenseId) once for each id of the union of the windows.
        template <typename Visit>
        void for_each_of_union(std::span<const std::uint32_t> united_windows, Visit visit) const;
    };

    std::vector<Shard> shards_;
    unsigned shard_shift_ = 0;
};

}  // namespace stream_analyzer
