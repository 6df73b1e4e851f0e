// The skeletons of lines: what all lines of one kind share, however long their values are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "record/field_plan.hpp"

namespace stream_analyzer {

class LineNotes;

/// Eight keys of a skeleton.
struct SkeletonKeys {
    static constexpr std::size_t kKeys = 8;

    std::array<std::uint64_t, kKeys> heads{};  ///< their first bytes, as in memory
    /// Bit i: byte i of `heads` is known. Of a key of up to seven bytes its closing quote is too;
    /// of one that is missing, nothing.
    std::uint64_t known = 0;
    std::array<std::uint8_t, kKeys> tokens{};  ///< in the line
};

/// The tokens of a good line, each scalar as '0', and what the walk over it has found. Another line
/// with these tokens and with the same keys in the tracked objects is as good at level `structure`,
/// and its wanted values are the same tokens. (Of a key that is not wanted the first eight bytes
/// suffice to say so.)
struct Skeleton {
    static constexpr std::size_t kMostTokens = 128;  ///< with the line feed; fits std::uint8_t
    static constexpr std::size_t kMostKeys = 32;
    static constexpr std::size_t kMostLongKeys = 4;
    static constexpr std::uint8_t kNoToken = 0xff;

    /// A wanted key of eight bytes and more, which its head does not tell.
    struct LongKey {
        const FieldPlan::Key* key = nullptr;
        std::uint8_t token = 0;
    };

    alignas(64) std::array<char, kMostTokens> tokens{};
    std::array<std::uint8_t, FieldPlan::kMostFlat> values{};  ///< by slot, or kNoToken
    std::uint8_t groups_of_keys = 0;
    std::uint8_t long_keys_used = 0;
    std::array<SkeletonKeys, kMostKeys / SkeletonKeys::kKeys> keys;
    std::array<LongKey, kMostLongKeys> long_keys;
};

/// Of the strings and opening brackets among a line's first and next 64 tokens, as bits: they tell
/// most skeletons apart. The factors are odd and irregular (the first 64 bits of the fractional
/// parts of the square roots of 2, 3, 5 and 7).
[[nodiscard]] inline std::uint64_t hash_of_tokens(std::uint64_t strings, std::uint64_t next_strings,
                                                  std::uint64_t brackets,
                                                  std::uint64_t next_brackets) {
    const std::uint64_t sum = strings * 0x6a09e667f3bcc909U + next_strings * 0xbb67ae8584caa73bU +
                              brackets * 0x3c6ef372fe94f82bU + next_brackets * 0xa54ff53a5f1d36f1U;
    return (sum ^ sum >> 32U) * 0x6a09e667f3bcc909U;
}

/// Those of one dump. One object a thread.
class LineSkeletons {
  public:
    LineSkeletons() : slots_(kSlots), seen_(kSlots) {}

    /// The one with this hash that `is_it` accepts, or null.
    template <typename IsIt>
    [[nodiscard]] const Skeleton* find(std::uint64_t hash, IsIt is_it) const {
        std::size_t slot = first_slot(hash);
        for (std::size_t probe = 0; probe < kMostProbes; ++probe, slot = (slot + 1) % kSlots) {
            if (slots_[slot] == 0) break;
            const Skeleton& skeleton = skeletons_[slots_[slot] - std::size_t{1}];
            if (is_it(skeleton)) return &skeleton;
        }
        return nullptr;
    }

    /// Asks for the memory that find() will look at.
    [[gnu::always_inline]] void prefetch(std::uint64_t hash) const {
        const std::size_t number = slots_[first_slot(hash)];
        if (number == 0) return;
        const auto* const bytes = reinterpret_cast<const char*>(skeletons_.data() + (number - 1));
        for (std::size_t line = 0; line < kUsualBytes; line += kCacheLine_bytes)
            __builtin_prefetch(bytes + line);
    }

    /// True for most hashes that it has been asked for before: what comes only once is not worth
    /// learning.
    [[nodiscard]] bool has_met(std::uint64_t hash) {
        std::uint16_t& mark = seen_[first_slot(hash)];
        const auto low = static_cast<std::uint16_t>(hash | 1U);
        const bool met = mark == low;
        mark = low;
        return met;
    }

    /// Adds one, unless there are too many with this hash: the same tokens with ever other keys.
    /// When there are too many in all, the others are forgotten first.
    void add(std::uint64_t hash, const Skeleton& skeleton);

  private:
    // Of half a kilobyte each: they should stay in a second-level cache.
    static constexpr std::size_t kMostSkeletons = 4096;
    static constexpr std::size_t kSlots = 4 * kMostSkeletons;
    static constexpr std::size_t kMostProbes = 8;

    // Of a skeleton with up to sixteen keys.
    static constexpr std::size_t kUsualBytes = offsetof(Skeleton, keys) + 2 * sizeof(SkeletonKeys);
    static constexpr std::size_t kCacheLine_bytes = 64;

    [[nodiscard]] static std::size_t first_slot(std::uint64_t hash) {
        return static_cast<std::size_t>(hash >> 32U) % kSlots;
    }

    std::vector<Skeleton> skeletons_;
    std::vector<std::uint16_t> slots_;  // open addressing; 0: empty, else a number plus one
    std::vector<std::uint16_t> seen_;
};

/// Walks over the line whose first token is `line` as walk_line<CheckLevel::structure>() does, and
/// makes a skeleton of it, if that can be: then `skeleton` is complete but for its tokens. Returns
/// the next line's first token.
[[nodiscard]] std::size_t walk_and_learn(LineNotes& notes, std::size_t line, Skeleton& skeleton,
                                         bool& is_learned);

}  // namespace stream_analyzer
