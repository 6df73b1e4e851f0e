// A first look at the input, before counting: which unit do the times have, are the fields there?
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <optional>

#include "input/input_sequence.hpp"
#include "record/reading_rules.hpp"
#include "record/structure_kernel.hpp"

namespace stream_analyzer {

/// A chunk that was taken from the input for the probe and is still to be counted.
struct HeldChunk {
    ChunkBuffer buffer;
    Chunk chunk;
};

struct ProbeResult {
    std::deque<HeldChunk> held;         ///< in input order
    std::optional<TimeUnit> time_unit;  ///< the majority's, if a time was seen
};

/// Lines that the probe looks at.
inline constexpr std::size_t kProbedLines = 1000;

/// Takes chunks until kProbedLines valid lines were seen (or kProbed_bytes, or kProbedChunks), or a
/// source ends and both fields were seen. The time unit is the majority's among the first source
/// with valid lines; a line is valid when its bytes are, by `rules.check`. Throws
/// MissingFieldsError when no valid line has the time field, or none the id field. `interrupted`
/// may be null.
[[nodiscard]] ProbeResult probe(InputSequence& input, const ReadingRules& rules,
                                StructureKernel kernel, const std::atomic<bool>* interrupted);

inline constexpr std::size_t kProbed_bytes = std::size_t{64} << 20U;

/// Each may keep a file open.
inline constexpr std::size_t kProbedChunks = 64;

}  // namespace stream_analyzer
