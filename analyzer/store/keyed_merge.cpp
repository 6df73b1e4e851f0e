#include "store/keyed_merge.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include "store/byte_codec.hpp"

namespace stream_analyzer {

namespace {

// Ids that a slice should have: its table of twice to four times as many words stays in the
// first-level cache.
constexpr double kSliceIds = 2048;

// And that it may have where keys are not spread evenly.
constexpr std::size_t kMostSliceIds = 4096;

// Wider slices would leave no number for an empty cell.
constexpr int kMostSlice_bits = 63;

std::tuple<PlaceKey, std::uint32_t> order_of(const KeyedId& id) {
    return {id.key, id.twin};
}

}  // namespace

void KeyedMerge::begin(std::span<RunReader* const> runs, std::span<const std::uint32_t> numbers,
                       const IdTwins& twins) {
    twins_ = &twins;
    places_.clear();
    for (std::size_t i = 0; i < runs.size(); ++i)
        places_.push_back({.run = runs[i], .number = numbers[i], .ids = {}});
}

std::span<KeyedId> KeyedMerge::next() {
    size_ = 0;
    while (size_ == 0) {
        read_pieces();
        if (places_.empty()) {
            take_twins(found_twins_.size());
            break;
        }
        take_slice(next_slice());
    }
    return std::span(ids_).first(size_);
}

void KeyedMerge::take_slice(const Slice& slice) {
    // And for one more: an id that is known already is written too, and then over again.
    if (ids_.size() < slice.ids + 1) ids_.resize(slice.ids + 1);
    if (places_.size() == 1 && found_twins_.empty()) {
        take_all(places_.front());
        return;
    }
    clear_table(slice);
    for (Place& place : places_)
        take(place, slice.first);
    if (found_twins_.empty()) return;
    // The next pieces may go on with the last key: its twins wait.
    std::ranges::sort(found_twins_, {}, order_of);
    // Not of std::ranges, whose subrange clang 14 cannot read in the library of g++ 12.
    const auto repeated = std::unique(found_twins_.begin(), found_twins_.end(),
                                      [](const KeyedId& left, const KeyedId& right) {
                                          return order_of(left) == order_of(right);
                                      });
    found_twins_.erase(repeated, found_twins_.end());
    const auto waiting = std::ranges::lower_bound(found_twins_, slice.last, {}, &KeyedId::key);
    take_twins(static_cast<std::size_t>(waiting - found_twins_.begin()));
}

void KeyedMerge::read_pieces() {
    std::erase_if(places_, [](Place& place) {
        if (place.next < place.ids.size) return false;
        place.ids = place.run->next_keys();
        place.next = 0;
        return place.ids.size == 0;
    });
}

// From the first key on as far as no run has to read on, unless that is too much.
KeyedMerge::Slice KeyedMerge::next_slice() {
    Slice slice{.first = UINT64_MAX, .last = UINT64_MAX};
    double ids_per_key = 0;
    for (const Place& place : places_) {
        const PlaceKey first = place.ids.key(place.next);
        const PlaceKey last = place.ids.key(place.ids.size - 1);
        slice.first = std::min(slice.first, first);
        slice.last = std::min(slice.last, last);
        ids_per_key += static_cast<double>(place.ids.size - place.next) /
                       (static_cast<double>(last - first) + 1);
    }
    // A power of two, so that the first bits of a key are its place in the table.
    const int bits = std::clamp(std::ilogb(kSliceIds / ids_per_key), 0, kMostSlice_bits);
    std::uint64_t most = (std::uint64_t{1} << static_cast<unsigned>(bits)) - 1;
    slice.last = slice.first + std::min(most, slice.last - slice.first);
    slice.ids = find_ends(slice.last);
    while (slice.ids > kMostSliceIds && slice.last > slice.first) {
        slice.last = slice.first + (slice.last - slice.first) / 2;
        slice.ids = find_ends(slice.last);
    }
    return slice;
}

std::size_t KeyedMerge::find_ends(PlaceKey last) {
    std::size_t ids = 0;
    for (Place& place : places_) {
        std::size_t begin = place.next;
        for (std::size_t size = place.ids.size - begin; size > 0;) {
            const std::size_t half = size / 2;
            const bool is_behind = place.ids.key(begin + half) <= last;
            begin = is_behind ? begin + half + 1 : begin;
            size = is_behind ? size - half - 1 : half;
        }
        place.slice_end = begin;
        ids += begin - place.next;
    }
    return ids;
}

void KeyedMerge::clear_table(const Slice& slice) {
    const std::uint64_t width = slice.last - slice.first;
    const auto bits = static_cast<int>(std::bit_width(width));
    // At least twice as many cells as ids, in the part of the table that the slice needs too.
    const bool is_narrow = bits >= 2 && width >> static_cast<unsigned>(bits - 2) == 2;
    const int table_bits = static_cast<int>(std::bit_width(2 * slice.ids)) + (is_narrow ? 1 : 0);
    table_shift_ = static_cast<unsigned>(std::max(bits - table_bits, 0));
    // Ids that find their cell taken go on to the next, behind the last too.
    table_.assign((width >> table_shift_) + slice.ids + 1, 0);
}

void KeyedMerge::take(Place& place, PlaceKey first) {
    KeyedId* const ids = ids_.data();
    std::uint64_t* const table = table_.data();
    const unsigned shift = table_shift_;
    std::size_t size = size_;
    for (; place.next < place.slice_end; ++place.next) {
        const PlaceKey key = place.ids.key(place.next);
        const IdMark mark = place.ids.mark(place.next);
        KeyedId id{.key = key, .length = mark, .twin = 0};
        if (mark == kOddMark) id = take_odd(place, key);
        if (!twins_->empty() && twins_->has(key)) {
            id.twin = twins_->number_of(key, place.number, id.twin);
            found_twins_.push_back(id);
            continue;
        }
        const std::uint64_t ahead = key - first;
        std::size_t cell = ahead >> shift;
        while (table[cell] != 0 && table[cell] != ahead + 1)
            ++cell;
        // Whether it is new cannot be foretold.
        ids[size] = id;
        size += table[cell] == 0 ? 1 : 0;
        table[cell] = ahead + 1;
    }
    size_ = size;
}

// Of a single run all are new; twins have the numbers that they have there.
void KeyedMerge::take_all(Place& place) {
    for (; place.next < place.slice_end; ++place.next) {
        const PlaceKey key = place.ids.key(place.next);
        const IdMark mark = place.ids.mark(place.next);
        KeyedId id{.key = key, .length = mark, .twin = 0};
        if (mark == kOddMark) id = take_odd(place, key);
        if (!twins_->empty() && twins_->has(key))
            id.twin = twins_->number_of(key, place.number, id.twin);
        ids_[size_++] = id;
    }
}

KeyedId KeyedMerge::take_odd(Place& place, PlaceKey key) {
    ByteReader odd(place.ids.odd, place.run->name());
    KeyedId id{.key = key};
    id.length = static_cast<std::uint32_t>(odd.varint());
    id.twin = static_cast<std::uint32_t>(odd.varint());
    place.ids.odd = odd.bytes(odd.left());
    return id;
}

void KeyedMerge::take_twins(std::size_t twins) {
    const auto end = found_twins_.begin() + static_cast<std::ptrdiff_t>(twins);
    if (ids_.size() < size_ + twins) ids_.resize(size_ + twins);
    std::copy(found_twins_.begin(), end, ids_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += twins;
    found_twins_.erase(found_twins_.begin(), end);
}

}  // namespace stream_analyzer
