// Any of the sketches, chosen at run time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>

#include "core/hash64.hpp"
#include "sketch/datasketches_hyperloglog.hpp"
#include "sketch/distinct_counter.hpp"
#include "sketch/hyperloglog.hpp"
#include "sketch/linear_counting.hpp"
#include "sketch/redis_hyperloglog.hpp"
#include "sketch/sketch_spec.hpp"
#include "sketch/ultraloglog.hpp"

namespace stream_analyzer {

/// A counter made from its spec, fed with the hashes of ids: those that spec().id_hash() names.
/// This is the one place where a sketch derives its own hash from that of hash_id, mix64(hash ^
/// spec().salt()); the counters inside see only that. Those of other systems are fed as they are.
///
/// The set of counters is closed; the variant is visited once per call, so give add_all blocks of
/// hundreds of hashes or more. One object serves window after window by clear(), which allocates
/// nothing. clear() and estimate() cost memory_bytes(), or little after few hashes. Not safe for
/// concurrent changes.
class Sketch {
  public:
    /// Throws std::invalid_argument when the spec's parameter is outside its family's range.
    explicit Sketch(const SketchSpec& spec);

    void add(Hash64 hash) { add_all({&hash, 1}); }
    void add_all(std::span<const Hash64> hashes);
    /// The same with hashes that were mixed with spec().salt() already: mix64(hash ^ salt).
    void add_mixed(std::span<const Hash64> mixed);

    /// Becomes the sketch of the union. Throws std::invalid_argument unless the specs are equal.
    void merge(const Sketch& other);
    /// Becomes the union with a sketch of the same spec that has this state. Throws
    /// std::invalid_argument when none can have it.
    void merge_state(std::span<const std::uint8_t> state);
    /// Becomes the union with a larger sketch, as if the ids of it had been added here. Throws
    /// std::invalid_argument unless spec().is_fold_of(larger.spec()).
    void merge_folded(const Sketch& larger);
    void clear();

    [[nodiscard]] SketchEstimate estimate() const;
    [[nodiscard]] std::size_t memory_bytes() const { return spec_.memory_bytes(); }
    /// The dense state, laid out as the counter's header says; the view ends with the next change.
    [[nodiscard]] std::span<const std::uint8_t> state() const;
    [[nodiscard]] const SketchSpec& spec() const noexcept { return spec_; }

    friend bool operator==(const Sketch&, const Sketch&) = default;

  private:
    using Counter = std::variant<LinearCounting, HyperLogLog, UltraLogLog, RedisHyperLogLog,
                                 DataSketchesHyperLogLog>;

    static Counter make_counter(const SketchSpec& spec);

    SketchSpec spec_;
    Hash64 salt_;
    bool is_mixed_;  // with the salt
    Counter counter_;
};

static_assert(DistinctCounter<Sketch>);

}  // namespace stream_analyzer
