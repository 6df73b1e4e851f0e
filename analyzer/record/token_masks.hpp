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

/// Whose keys may be wanted, of the values among 64 tokens.
struct KeyMasks {
    std::uint64_t any = 0;
    std::uint64_t unsure = 0;  ///< of them: it is to be looked at again
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

}  // namespace stream_analyzer
