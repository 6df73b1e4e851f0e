// An id in three words: short ones in themselves, long ones by their address.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/hash64.hpp"

namespace stream_analyzer {

/// Most ids are short; comparing three words costs less than comparing texts of any length, and
/// nothing is read that lies elsewhere. A short id is its text, filled up with zeros, and its
/// length in the last byte. A long one is its hash, the address of its text (borrowed) and its
/// length below kLongMark.
class PackedId {
  public:
    static constexpr std::size_t kShort_bytes = 23;

    PackedId() = default;
    /// `id` must live as long as the packed id if it is long.
    PackedId(std::string_view id, Hash64 hash) {
        if (is_long(id.size())) {
            pack_long(id, hash);
            return;
        }
        std::array<char, sizeof(PackedId)> bytes{};
        std::memcpy(bytes.data(), id.data(), id.size());
        pack_short(bytes.data(), id.size());
    }

    /// The same for a text that kShort_bytes + 1 bytes may be read from, whatever its length.
    [[nodiscard]] static PackedId from_padded(std::string_view id, Hash64 hash) {
        PackedId packed;
        if (is_long(id.size())) {
            packed.pack_long(id, hash);
            return packed;
        }
        packed.pack_short(id.data(), id.size());
        return packed;
    }

    [[nodiscard]] bool is_long() const { return tail_mark() == kLongMark; }

    [[nodiscard]] std::size_t size() const { return is_long() ? tail_length() : tail_mark(); }
    /// Points into this object if the id is short.
    [[nodiscard]] std::string_view text() const {
        if (is_long()) return {at(second_), tail_length()};
        return {reinterpret_cast<const char*>(this), tail_mark()};
    }

    /// Of two short ids: how many bytes they begin with both.
    [[nodiscard]] std::size_t shared_bytes(const PackedId& other) const {
        // Ends differ in the last word, or in what follows the end of one of them there.
        const std::size_t most = std::min(tail_mark(), other.tail_mark());
        if (first_ != other.first_) return std::min(most, equal_bytes(first_ ^ other.first_));
        if (second_ != other.second_) {
            return std::min(most, 8 + equal_bytes(second_ ^ other.second_));
        }
        return std::min(most, 16 + equal_bytes(tail_ ^ other.tail_));
    }

    /// Of a long id: another address for the same text.
    void move_to(const char* text) { second_ = reinterpret_cast<std::uint64_t>(text); }

    /// Then they are equal; long ids that are equal may differ here, by their addresses.
    [[nodiscard]] bool is_same_word_for_word(const PackedId& other) const {
        return ((first_ ^ other.first_) | (second_ ^ other.second_) | (tail_ ^ other.tail_)) == 0;
    }

    /// Of two long ids: false if they differ, as far as can be said without their texts.
    [[nodiscard]] bool may_equal(const PackedId& other) const {
        return ((first_ ^ other.first_) | (tail_ ^ other.tail_)) == 0;
    }
    /// Asks for the memory of a long id's text, if that is not very long; of a short id, for memory
    /// that nobody needs.
    [[gnu::always_inline]] void prefetch_text() const {
        __builtin_prefetch(at(second_));
        __builtin_prefetch(at(second_ + tail_length() - 1));
    }

    [[nodiscard]] friend bool operator==(const PackedId& left, const PackedId& right) {
        if (left.is_same_word_for_word(right)) return true;
        return left.may_equal(right) && left.is_long() && left.text() == right.text();
    }

  private:
    static constexpr std::uint64_t kLongMark = 0xff;

    [[nodiscard]] static bool is_long(std::size_t length) { return length > kShort_bytes; }

    void pack_long(std::string_view id, Hash64 hash) {
        assert(id.size() < std::uint64_t{1} << 56U);
        first_ = hash;
        second_ = reinterpret_cast<std::uint64_t>(id.data());
        tail_ = tail(id.size(), kLongMark);
    }

    void pack_short(const char* text, std::size_t length) {
        const Words& mask = kTextMasks[length];
        first_ = word_at(text) & mask[0];
        second_ = word_at(text + 8) & mask[1];
        tail_ = (word_at(text + 16) & mask[2]) | tail(0, length);
    }

    [[nodiscard]] static std::uint64_t word_at(const char* bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, sizeof word);
        return word;
    }

    /// Bytes of memory ahead of the first that differs; 8 if none does.
    [[nodiscard]] static std::size_t equal_bytes(std::uint64_t difference) {
        return static_cast<std::size_t>(kLastIsHighest ? std::countr_zero(difference)
                                                       : std::countl_zero(difference)) /
               8;
    }

    // The last word as a number of 56 bits and, in the byte that comes last in memory, another.
    static constexpr bool kLastIsHighest = std::endian::native == std::endian::little;
    [[nodiscard]] static std::uint64_t tail(std::uint64_t length, std::uint64_t mark) {
        return kLastIsHighest ? mark << 56U | length : length << 8U | mark;
    }
    [[nodiscard]] std::uint64_t tail_mark() const {
        return kLastIsHighest ? tail_ >> 56U : tail_ & 0xffU;
    }
    [[nodiscard]] std::uint64_t tail_length() const {
        return kLastIsHighest ? tail_ & ~(std::uint64_t{0xff} << 56U) : tail_ >> 8U;
    }

    [[nodiscard]] static const char* at(std::uint64_t address) {
        return reinterpret_cast<const char*>(address);  // NOLINT: it was a pointer
    }

    // By the length of a short text: ones where it has bytes.
    using Words = std::array<std::uint64_t, 3>;
    static constexpr std::array<Words, kShort_bytes + 1> kTextMasks = [] {
        std::array<Words, kShort_bytes + 1> masks{};
        std::array<unsigned char, sizeof(Words)> bytes{};
        for (std::size_t length = 0; length < masks.size(); ++length) {
            masks[length] = std::bit_cast<Words>(bytes);
            bytes[length] = 0xff;
        }
        return masks;
    }();

    std::uint64_t first_ = 0;
    std::uint64_t second_ = 0;
    std::uint64_t tail_ = 0;
};
static_assert(sizeof(PackedId) == 24);

}  // namespace stream_analyzer
