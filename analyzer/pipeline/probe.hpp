// A first look at the input, before counting: which unit do the times have, are the fields there?
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <optional>

#include "input/input_sequence.hpp"
#include "pipeline/held_chunk.hpp"
#include "record/reading_rules.hpp"
#include "record/structure_kernel.hpp"

namespace stream_analyzer {

struct ProbeResult {
    std::deque<HeldChunk> held;         ///< in input order
    std::optional<TimeUnit> time_unit;  ///< the majority's, if a time was seen
};

/// Valid lines that the probe looks at.
inline constexpr std::size_t kProbedLines = 1000;

/// Bytes of lines, good or bad, from the input's first on: no further line is looked at behind so
/// many. 32 times what kProbedLines of the usual 2 KiB need, read in some tens of milliseconds.
inline constexpr std::size_t kProbed_bytes = std::size_t{64} << 20U;

/// Looks at lines until kProbedLines valid ones were seen, or kProbed_bytes, or a source ends and
/// both fields were seen: bounds that are independent of how the input is cut into chunks. The time
/// unit is the majority's among the first source with valid lines; a line is valid when its bytes
/// are, by `rules.check`, and it has no more than `max_line_bytes`. Throws MissingFieldsError when
/// no valid line has the time field, or none the id field. `interrupted` may be null.
[[nodiscard]] ProbeResult probe(InputSequence& input, const ReadingRules& rules,
                                std::size_t max_line_bytes, StructureKernel kernel,
                                const std::atomic<bool>* interrupted);

}  // namespace stream_analyzer
