#include "exact/id_dictionary.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <stdexcept>

namespace stream_analyzer {

namespace {

constexpr std::size_t kFirstSlots = 1024;

// How many ids ahead a slot is asked for, and then the entry that it names: enough to hide a trip
// to memory each. Twice as many measure the same.
constexpr std::size_t kSlotAhead = 24;
constexpr std::size_t kEntryAhead = 12;

}  // namespace

IdDictionary::IdDictionary() : slots_(kFirstSlots), mask_(kFirstSlots - 1) {}

void IdDictionary::intern(std::span<const HashedId> ids, std::span<DenseId> numbers) {
    assert(ids.size() == numbers.size());
    const std::size_t count = ids.size();
    for (std::size_t i = 0; i < std::min(kSlotAhead, count); ++i) {
        __builtin_prefetch(&slots_[ids[i].hash & mask_]);
    }
    for (std::size_t i = 0; i < std::min(kEntryAhead, count); ++i) {
        prefetch_entry(ids[i].hash);
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (i + kSlotAhead < count) __builtin_prefetch(&slots_[ids[i + kSlotAhead].hash & mask_]);
        if (i + kEntryAhead < count) prefetch_entry(ids[i + kEntryAhead].hash);
        numbers[i] = find_or_enter(ids[i]);
    }
}

DenseId IdDictionary::find_or_enter(const HashedId& id) {
    const Slot tag = tag_of(id.hash);
    for (std::size_t slot = id.hash & mask_;; slot = (slot + 1) & mask_) {
        const Slot found = slots_[slot];
        if (found == 0) return enter(id, slot);
        if (tag_of(found) != tag) continue;
        const DenseId number = static_cast<DenseId>(found) - 1;
        const Entry& entry = entries_[number];
        if (entry.hash == id.hash && entry.length == id.id.size() &&
            std::memcmp(text_of(entry), id.id.data(), id.id.size()) == 0) {
            return number;
        }
    }
}

DenseId IdDictionary::enter(const HashedId& id, std::size_t slot) {
    const std::size_t number = entries_.size();
    if (number >= UINT32_MAX - 1 || id.id.size() > UINT32_MAX) {
        throw std::length_error("more ids in one dictionary than it can number");
    }
    Entry& entry = entries_.emplace_back();
    entry.hash = id.hash;
    entry.length = static_cast<std::uint32_t>(id.id.size());
    if (id.id.size() <= kInlineLength) {
        std::copy(id.id.begin(), id.id.end(), entry.text.begin());
    } else {
        const char* text = keep(id.id);
        std::memcpy(entry.text.data(), &text, sizeof text);
    }
    slots_[slot] = tag_of(id.hash) | (number + 1);
    // Filled to at most 5/8: beyond it runs of occupied slots lengthen fast (Knuth, TAOCP 6.4).
    if ((number + 1) * 8 > slots_.size() * 5) grow();
    return static_cast<DenseId>(number);
}

void IdDictionary::grow() {
    slots_.assign(slots_.size() * 2, 0);
    mask_ = slots_.size() - 1;
    constexpr std::size_t kAhead = 16;
    for (std::size_t number = 0; number < entries_.size(); ++number) {
        if (number + kAhead < entries_.size()) {
            __builtin_prefetch(&slots_[entries_[number + kAhead].hash & mask_], 1);
        }
        const Hash64 hash = entries_[number].hash;
        std::size_t slot = hash & mask_;
        while (slots_[slot] != 0) {
            slot = (slot + 1) & mask_;
        }
        slots_[slot] = tag_of(hash) | (number + 1);
    }
}

const char* IdDictionary::text_of(const Entry& entry) const {
    if (entry.length <= kInlineLength) return entry.text.data();
    const char* text = nullptr;
    std::memcpy(&text, entry.text.data(), sizeof text);
    return text;
}

std::string_view IdDictionary::id_of(DenseId number) const {
    const Entry& entry = entries_[number];
    return {text_of(entry), entry.length};
}

const char* IdDictionary::keep(std::string_view id) {
    if (id.size() > arena_left_bytes_) {
        const std::size_t block_bytes = std::max(kArenaBlock_bytes, id.size());
        arena_.push_back(std::make_unique_for_overwrite<char[]>(block_bytes));
        arena_next_ = arena_.back().get();
        arena_left_bytes_ = block_bytes;
    }
    char* const text = arena_next_;
    std::copy(id.begin(), id.end(), text);
    arena_next_ += id.size();
    arena_left_bytes_ -= id.size();
    return text;
}

}  // namespace stream_analyzer
