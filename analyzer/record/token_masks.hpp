// What 64 tokens in a row are, as bits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "record/field_plan.hpp"

namespace stream_analyzer {

/// Bit i of a mask tells of token i.
struct TokenMasks {
    std::uint64_t quotes = 0;
    std::uint64_t colons = 0;
    std::uint64_t commas = 0;
    std::uint64_t line_feeds = 0;
    std::uint64_t opens = 0;    ///< { [
    std::uint64_t closes = 0;   ///< } ]
    std::uint64_t braces = 0;   ///< { } and perhaps what is no bracket, but not [ ]
    std::uint64_t scalars = 0;  ///< -0123456789tfn, with which a scalar may begin
};

/// So many keys are matched together.
inline constexpr std::size_t kMembersAtOnce = 8;

/// Whose keys may be wanted, of kMembersAtOnce members.
struct KeyMasks {
    std::uint64_t unsure = 0;  ///< they are to be looked at again
    /// Of the others, by key; only those of the plan's keys are set.
    std::array<std::uint64_t, FieldPlan::kMostFlat> hits;

    /// Of one that is sure.
    [[nodiscard]] std::size_t key_of(std::uint64_t bit) const {
        std::size_t key = 0;
        while ((hits[key] & bit) == 0)
            ++key;
        return key;
    }
};

/// About so many members are gathered before their keys are matched: their lists stay in the
/// first-level cache, and most runs of whole lines have fewer.
inline constexpr std::size_t kMostMembers = 512;

/// Members of root objects, in order.
struct MemberList {
    /// Most of 64 tokens: a member has four.
    static constexpr std::size_t kMostAtOnce = 16;

    [[nodiscard]] bool is_full() const { return size > kMostMembers; }

    std::size_t size = 0;
    std::array<std::uint32_t, kMostMembers + 2 * kMostAtOnce> values;  ///< tokens
    std::array<std::uint32_t, kMostMembers + 2 * kMostAtOnce> keys;    ///< offsets of their quotes
};

/// Of brackets among 64 tokens, pairs of one kind with no bracket between them that is not of such
/// a pair itself.
struct AdjacentPairs {
    std::uint64_t brackets = 0;
    std::uint64_t inside = 0;  ///< from each opening bracket up to its closing one
};

}  // namespace stream_analyzer
