// The layout of a short line, byte by byte: most dumps are written by a machine that repeats it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "record/field_plan.hpp"
#include "record/line_batch.hpp"
#include "record/structure_kernel.hpp"

namespace stream_analyzer {

/// What the bytes of a line must be for it to be as good as the line that the layout was taken
/// from, at each level of --check: brackets, keys, commas, blanks and the line feed are the same,
/// whole numbers have as many digits, and other values in strings as many bytes, all of them ASCII
/// and without escapes.
struct LineLayout {
    static constexpr std::size_t kBlock_bytes = 64;
    static constexpr std::size_t kBlocks = 2;
    /// Of longer lines too many differ in length.
    static constexpr std::size_t kMost_bytes = kBlocks * kBlock_bytes;

    /// Byte i of a line must be from lowest[i] to lowest[i] + range[i], as unsigned numbers; behind
    /// the line any byte is.
    alignas(kBlock_bytes) std::array<char, kMost_bytes> lowest{};
    alignas(kBlock_bytes) std::array<char, kMost_bytes> range{};
    /// Bit i: byte i stands in a string and may be no quote and no backslash.
    std::array<std::uint64_t, kBlocks> in_string{};
    std::size_t line_bytes = 0;  ///< with the line feed
    /// By slot: the wanted values, from the line's begin; none: both are 0.
    std::array<TokenPlace, FieldPlan::kMostFlat> places{};
};

/// The layouts of lines seen so far, one for each length. At most FieldPlan::kMostFlat slots.
class LineLayouts {
  public:
    [[nodiscard]] bool is_empty() const { return layouts_.empty(); }

    /// The layout that was learned last; there must be one.
    [[nodiscard]] const LineLayout* newest() const { return layouts_.data() + newest_; }

    /// Null if there is none; `line_bytes` with the line feed.
    [[nodiscard]] const LineLayout* of_length(std::size_t line_bytes) const {
        if (line_bytes > LineLayout::kMost_bytes) return nullptr;
        const std::size_t number = by_length_[line_bytes];
        return number == 0 ? nullptr : layouts_.data() + (number - 1);
    }

    /// Takes the layout of the first line of a run that has been walked over: `index` has its
    /// tokens, and `lines` what is noted of it. Nothing is taken of a line that is not good, is
    /// long, or has a backslash in a key.
    void learn(const char* run, const TokenIndex& index, const LineBatch& lines);

  private:
    std::vector<LineLayout> layouts_;
    std::size_t newest_ = 0;
    std::array<std::uint8_t, LineLayout::kMost_bytes + 1> by_length_{};  // number plus one
};

}  // namespace stream_analyzer
