// Which sketch, at which size: "lc:4KiB", "hll:12", "ull:12".
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/hash64.hpp"
#include "sketch/id_hash.hpp"

namespace stream_analyzer {

/// The numbers enter each sketch's salt: changing one changes every estimate of its family.
enum class SketchFamily : std::uint8_t {
    linear_counting = 1,
    hyperloglog = 2,
    ultraloglog = 3,
    redis_hyperloglog = 4,
    datasketches_hyperloglog = 5,
};

/// A sketch and its one parameter: the bitmap's bytes for linear counting, the precision P (2^P
/// registers; always 14 for Redis) for the others. Made by parse_sketch_spec, it is within the
/// family's range.
struct SketchSpec {
    SketchFamily family = SketchFamily::linear_counting;
    std::uint64_t parameter = 0;

    /// The canonical text: parse_sketch_spec reads it back, equal specs have equal names.
    [[nodiscard]] std::string name() const;

    /// Size of the sketch's dense state: SIZE, 3 * 2^P / 4 (Redis too) or 2^P. Without the header
    /// that another system stores it with.
    [[nodiscard]] std::size_t memory_bytes() const;

    /// What ids set: the bits of a linear counter, the registers of the others.
    [[nodiscard]] std::uint64_t cells() const {
        return family == SketchFamily::linear_counting ? 8 * parameter
                                                       : std::uint64_t{1} << parameter;
    }

    /// The hash of an id that it takes.
    [[nodiscard]] IdHash id_hash() const;

    /// What this sketch mixes into an id's hash before use: mix64(hash ^ salt()). Sketches of
    /// different families see unrelated hashes of the same ids, so that their errors are not
    /// correlated. Those of one family see the same, so that a large one folds to a smaller one;
    /// the errors of neighbouring sizes are correlated. It is mix64(family * 2^56 + parameter of
    /// the family's default sketch). Sketches of other systems mix nothing into theirs.
    [[nodiscard]] Hash64 salt() const;

    /// Whether a sketch of this spec can be had from one of `larger` (Sketch::merge_folded): both
    /// of one family, and for linear counting with a size that is a multiple of this one's.
    [[nodiscard]] bool is_fold_of(const SketchSpec& larger) const;

    friend auto operator<=>(const SketchSpec&, const SketchSpec&) = default;
};

/// Reads "lc:SIZE" (core/size.hpp; 8 bytes to 1 GiB), "hll:P" (4 to 18), "ull:P" (3 to 18),
/// "redis-hll" or "datasketches-hll:LGK" (4 to 21). Throws UsageError with the range and an example
/// when `text`, which the caller names, is none of them.
[[nodiscard]] SketchSpec parse_sketch_spec(std::string_view text);

}  // namespace stream_analyzer
