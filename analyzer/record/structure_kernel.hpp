// The fast scanner of lines, first half: where the tokens are. With a twin for each instruction
// set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace stream_analyzer {

/// A token is a bracket, colon, comma or line feed outside strings, the opening quote of a string,
/// or the first byte of a scalar (of a run of other bytes that are no blanks). The vectors' sizes
/// are room, not a count.
struct TokenIndex {
    std::vector<std::uint32_t> offsets;  ///< from the run's begin, ascending
    std::vector<char> bytes;             ///< the tokens' (first) bytes
};

/// A run of whole lines, each with its line feed as its last token.
struct IndexedLines {
    std::size_t tokens = 0;      ///< 0 when there is no line
    bool has_backslash = false;  ///< perhaps, somewhere in the run or close behind it
    bool is_utf8 = false;        ///< if not: perhaps it is
};

/// About so many bytes are mostly indexed at a time: they and their tokens stay in the first-level
/// cache until they are walked over. Sizes from 8 to 64 KiB differ by 5 % at most.
inline constexpr std::ptrdiff_t kRun_bytes = std::ptrdiff_t{16} << 10U;
/// A line of more tokens, usually some 40 MB, is left to the slow function: five bytes a token stay
/// in memory, for each thread.
inline constexpr std::size_t kMostTokens = std::size_t{4} << 20U;
/// As far as offsets reach, which processors gather by as numbers with a sign.
inline constexpr std::ptrdiff_t kLongestRun_bytes = std::ptrdiff_t{0x7fffffff};

/// Indexes lines from `begin` (< end) on, about `run_bytes` and at least one if it can. In these
/// lines all strings are closed, without control characters, and outside of strings there is no
/// backslash and no control character but tab, CR and LF; nothing else is checked. The run ends
/// ahead of the first line that is not so, that has too many tokens, or that has no line feed. 64
/// bytes behind `end` must be readable (kChunkPadding_bytes); what they hold does not matter.
using IndexLines = IndexedLines (*)(const char* begin, const char* end, std::ptrdiff_t run_bytes,
                                    TokenIndex& index);

class LineBatch;
class LineLayouts;
class LineNotes;
class LineSkeletons;

/// Walks over the `tokens` tokens of a run of whole lines, finds out which lines are good at level
/// `structure`, and notes their wanted fields.
using WalkLines = void (*)(LineNotes& notes, std::size_t tokens);

/// Adds lines from `begin` on to `batch`, which is empty, as long as they have one of the layouts
/// (there must be one), and returns their number. 64 bytes behind `end` must be readable.
using RepeatLines = std::size_t (*)(const char* begin, const char* end, const LineLayouts& layouts,
                                    LineBatch& batch);
/// At most so many lines are repeated at a time: they stay in the first-level cache until they are
/// counted.
inline constexpr std::size_t kMostRepeated = 256;

/// The same as WalkLines for any plan of at most FieldPlan::kMostFlat slots, with what is known of
/// earlier lines. Learns from those that are new. Returns the number of lines that were known.
using MatchLines = std::size_t (*)(LineNotes& notes, std::size_t tokens, LineSkeletons& skeletons);

struct StructureKernel {
    std::string_view name;  ///< "avx512", "avx2", "portable"
    IndexLines index_lines = nullptr;
    /// In these lines also the escapes of all strings are those of RFC 8259.
    IndexLines index_lines_in_full = nullptr;
    /// For plans that are flat (FieldPlan::is_flat()).
    WalkLines walk_lines = nullptr;
    RepeatLines repeat_lines = nullptr;
    /// Null in the portable kernel, which walks over tokens one by one.
    MatchLines match_lines = nullptr;
};

/// Every kernel that runs on this processor, the fastest first; the portable one is the last.
[[nodiscard]] std::vector<StructureKernel> structure_kernels();

/// The fastest, or the one that STREAM_ANALYZER_KERNEL names. Throws UsageError when the variable
/// names a kernel that does not exist or cannot run here.
[[nodiscard]] StructureKernel choose_structure_kernel();

[[nodiscard]] StructureKernel portable_structure_kernel();

/// index_lines is null where the processor (or the architecture) lacks AVX-512 or its VBMI and
/// VBMI2.
[[nodiscard]] StructureKernel avx512_structure_kernel();

/// index_lines is null where the processor (or the architecture) lacks AVX2, BMI, PCLMUL or POPCNT.
[[nodiscard]] StructureKernel avx2_structure_kernel();

}  // namespace stream_analyzer
