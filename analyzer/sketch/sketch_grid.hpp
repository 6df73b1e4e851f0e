// Families of sketches times sizes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sketch/sketch_spec.hpp"

namespace stream_analyzer {

/// Those that a grid has by itself: not those of other systems.
inline constexpr std::array kSketchFamilies{SketchFamily::linear_counting,
                                            SketchFamily::hyperloglog, SketchFamily::ultraloglog};

/// These and those of other systems, which a grid has when they are named.
inline constexpr std::array kAllSketchFamilies{
    SketchFamily::linear_counting, SketchFamily::hyperloglog, SketchFamily::ultraloglog,
    SketchFamily::redis_hyperloglog, SketchFamily::datasketches_hyperloglog};

/// "lc", "hll", "ull", "redis-hll" or "datasketches-hll".
[[nodiscard]] std::string_view family_name(SketchFamily family);

/// A sentence that has to stand beside estimates of the family; empty if there is nothing to say.
[[nodiscard]] std::string_view family_note(SketchFamily family);

/// The one with the least memory.
[[nodiscard]] SketchSpec smallest_sketch(SketchFamily family);

/// Whether the smallest is the only one: redis-hll.
[[nodiscard]] bool has_one_size(SketchFamily family);

/// The largest sketch of the family whose state fits `size_bytes`: SIZE itself for linear counting
/// (1 GiB at most), the largest precision for the others. Nothing when the smallest does not fit.
[[nodiscard]] std::optional<SketchSpec> largest_sketch_within(SketchFamily family,
                                                              std::uint64_t size_bytes);

/// largest_sketch_within of every family and size, family by family, each spec once. A family of
/// one size is left out of the sizes below it. Throws UsageError naming the size and the family
/// when a size is too small, or all of them are for a family of one size.
[[nodiscard]] std::vector<SketchSpec> sketch_grid(std::span<const SketchFamily> families,
                                                  std::span<const std::uint64_t> sizes_bytes);

}  // namespace stream_analyzer
