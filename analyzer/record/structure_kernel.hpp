// The fast scanner of one line at level `structure`, with a twin for each instruction set.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "record/field_plan.hpp"
#include "record/line_tokens.hpp"

namespace stream_analyzer {

/// good:  judge_line(line, structure) would accept it, and `tokens` holds the same.
/// blank: only space, tab and CR.
/// odd:   anything else. judge_line decides; it may still accept the line (more than 64 brackets
///        open at once, a backslash outside strings).
enum class LineShape : std::uint8_t { good, blank, odd };

struct ScannedLine {
    LineShape shape = LineShape::odd;
    /// The line's line feed, or `end` when the last line has none.
    const char* line_end = nullptr;
};

/// Scans the line that begins at `begin` (< end) and finds where it ends. `tokens` must have
/// plan.slots() elements; they are valid when the shape is good. 64 bytes behind `end` must be
/// readable (kChunkPadding_bytes); what they hold does not matter.
using ScanLine = ScannedLine (*)(const char* begin, const char* end, const FieldPlan& plan,
                                 LineTokens& tokens);

struct StructureKernel {
    std::string_view name;  ///< "avx2", "portable"
    ScanLine scan_line = nullptr;
};

/// Every kernel that runs on this processor, the fastest first; the portable one is the last.
[[nodiscard]] std::vector<StructureKernel> structure_kernels();

/// The fastest, or the one that STREAM_ANALYZER_KERNEL names. Throws UsageError when the variable
/// names a kernel that does not exist or cannot run here.
[[nodiscard]] StructureKernel choose_structure_kernel();

[[nodiscard]] StructureKernel portable_structure_kernel();

/// scan_line is null where the processor (or the architecture) lacks AVX2, BMI or PCLMUL. (A twin
/// for AVX-512 was tried: its masks cost a third of the instructions, the run took the same time.)
[[nodiscard]] StructureKernel avx2_structure_kernel();

}  // namespace stream_analyzer
