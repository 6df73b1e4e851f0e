// What every sketch owes the rest of the program.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/hash64.hpp"
#include "sketch/sketch_estimate.hpp"

namespace stream_analyzer {

/// A mergeable summary of a set of ids that can say how many there are.
///
/// A counter sees ids only as uniformly distributed 64-bit hashes; where those come from is not its
/// business (`Sketch` derives them from the ids' hashes). Its state is a function of the *set* of
/// hashes and of its parameters: repetition, order and the way the set was split before a merge
/// leave no trace. tests/sketch/laws_test.cpp holds every counter to this.
///
/// - `add`, `add_all`: put hashes in; add_all is the fast way and equals add one by one.
/// - `merge`: become the summary of the union. Throws std::invalid_argument, naming both sides,
/// when
///   the parameters differ.
/// - `merge_state`: become the union with the counter of the same parameters that has this state.
///   Throws std::invalid_argument, changing nothing, when no such counter can have it.
/// - `merge_folded`, of those that can: become the union with a larger counter of the same kind, as
///   if its hashes had been added.
/// - `clear`: back to the empty state, keeping the memory.
/// - `estimate`: the number of distinct hashes; 0 in the empty state.
/// - `memory_bytes`: size of the dense state, a formula of the parameters alone.
/// - `state`: that state, for comparison and for storage; the view ends with the next change.
/// - `==`: same parameters and same state.
template <typename Counter>
concept DistinctCounter = std::copyable<Counter> && std::equality_comparable<Counter> &&
    requires(Counter counter, const Counter other, Hash64 hash, std::span<const Hash64> hashes,
             std::span<const std::uint8_t> state) {
    { counter.add(hash) } -> std::same_as<void>;
    { counter.add_all(hashes) } -> std::same_as<void>;
    { counter.merge(other) } -> std::same_as<void>;
    { counter.merge_state(state) } -> std::same_as<void>;
    { counter.clear() } -> std::same_as<void>;
    { other.estimate() } -> std::same_as<SketchEstimate>;
    { other.memory_bytes() } -> std::same_as<std::size_t>;
    { other.state() } -> std::same_as<std::span<const std::uint8_t>>;
};

/// A counter whose larger states fold to smaller ones.
template <typename Counter>
concept FoldingCounter = DistinctCounter<Counter> &&
    requires(Counter counter, const Counter larger) {
    { counter.merge_folded(larger) } -> std::same_as<void>;
};

}  // namespace stream_analyzer
