// A first look at the input, before counting: which unit do the times have, are the fields there?
#pragma once

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

/// Takes chunks of the first source that holds a valid line, until kProbedLines valid lines (or
/// kProbed_bytes) were seen. Throws MissingFieldsError when none of them has the time field, or
/// none the id field.
[[nodiscard]] ProbeResult probe(InputSequence& input, const ReadingRules& rules,
                                StructureKernel kernel);

inline constexpr std::size_t kProbed_bytes = std::size_t{64} << 20U;

}  // namespace stream_analyzer
