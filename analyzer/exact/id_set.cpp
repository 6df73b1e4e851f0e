#include "exact/id_set.hpp"

#include <cstdlib>
#include <new>
#include <utility>

namespace stream_analyzer {

namespace {

constexpr std::uint32_t kFirstLog2Slots = 3;

// How many numbers ahead a bitmap's word is asked for.
constexpr std::size_t kAhead = 32;

// Fibonacci hashing (Knuth, TAOCP 6.4): the golden ratio's bits, of which the high ones are used.
std::size_t slot_of(DenseId number, unsigned log2_slots) {
    return static_cast<std::size_t>((number * 0x9e3779b97f4a7c15U) >> (64 - log2_slots));
}

void* zeroed(std::size_t count, std::size_t size_bytes) {
    void* memory = std::calloc(count, size_bytes);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

}  // namespace

IdSet::IdSet(IdSet&& other) noexcept
    : content_(std::exchange(other.content_, Content{})),
      count_(std::exchange(other.count_, 0)),
      extent_(std::exchange(other.extent_, 0)) {}

IdSet& IdSet::operator=(IdSet&& other) noexcept {
    std::swap(content_, other.content_);
    std::swap(count_, other.count_);
    std::swap(extent_, other.extent_);
    return *this;
}

IdSet::~IdSet() {
    if (form() != Form::pair) std::free(content_.heap);
}

std::size_t IdSet::insert_all(std::span<const DenseId> numbers, std::size_t universe) {
    std::size_t grown_bytes = 0;
    while (!numbers.empty()) {
        numbers = numbers.subspan(insert_in_bitmap(numbers));
        if (numbers.empty()) break;
        grown_bytes += insert(numbers.front(), universe);
        numbers = numbers.subspan(1);
    }
    return grown_bytes;
}

std::size_t IdSet::insert_in_bitmap(std::span<const DenseId> numbers) {
    const std::size_t bits = bitmap_bits();
    if (bits == 0) return 0;
    std::uint64_t* const words = bitmap();
    std::uint32_t added = 0;
    std::size_t done = 0;
    for (; done < numbers.size() && numbers[done] < bits; ++done) {
        const std::size_t ahead = done + kAhead;
        if (ahead < numbers.size() && numbers[ahead] < bits) {
            prefetch_for_writing(words + numbers[ahead] / 64);
        }
        std::uint64_t& word = words[numbers[done] / 64];
        const std::uint64_t before = word;
        word |= std::uint64_t{1} << (numbers[done] % 64);
        added += static_cast<std::uint32_t>(before != word);
    }
    count_ += added;
    return done;
}

void IdSet::insert_slowly(DenseId number, std::size_t universe) {
    if (form() == Form::pair) {
        for (std::uint32_t i = 0; i < count_; ++i) {
            if (content_.pair[i] == number) return;
        }
        if (count_ < 2) {
            content_.pair[count_++] = number;
            return;
        }
        make_table(kFirstLog2Slots);
    }
    if (form() == Form::bitmap) {
        make_bitmap(universe);
        (void)insert(number, universe);
        return;
    }
    if (!insert_in_table(number)) return;
    // Filled to at most 3/4; the numbers are spread evenly.
    if (std::size_t{count_} * 4 > table_slots() * 3) enlarge(universe);
}

bool IdSet::insert_in_table(DenseId number) {
    std::uint32_t* const slots = table();
    const std::size_t mask = table_slots() - 1;
    std::size_t slot = slot_of(number, extent_);
    while (slots[slot] != 0) {
        if (slots[slot] == number + 1) return false;
        slot = (slot + 1) & mask;
    }
    slots[slot] = number + 1;
    ++count_;
    return true;
}

void IdSet::enlarge(std::size_t universe) {
    const std::size_t doubled_bytes = table_slots() * 2 * sizeof(std::uint32_t);
    if (doubled_bytes >= universe / 8) {
        make_bitmap(universe);
    } else {
        make_table(extent_ + 1);
    }
}

void IdSet::make_table(std::uint32_t log2_slots) {
    void* const fresh = zeroed(std::size_t{1} << log2_slots, sizeof(std::uint32_t));
    IdSet old(std::move(*this));
    content_.heap = fresh;
    extent_ = log2_slots;
    old.for_each([this](DenseId number) { (void)insert_in_table(number); });
}

// A bitmap of at least `universe` bits, with an eighth to spare: the dictionary is still growing.
void IdSet::make_bitmap(std::size_t universe) {
    const std::size_t kilobits = (universe + universe / 8) / 1024 + 1;
    void* const fresh = zeroed(kilobits * 1024 / 64, sizeof(std::uint64_t));
    IdSet old(std::move(*this));
    content_.heap = fresh;
    extent_ = kIsBitmap | static_cast<std::uint32_t>(kilobits);
    old.for_each([this, universe](DenseId number) { (void)insert(number, universe); });
}

std::size_t IdSet::memory_bytes() const {
    switch (form()) {
        case Form::table:
            return table_slots() * sizeof(std::uint32_t);
        case Form::bitmap:
            return bitmap_bits() / 8;
        case Form::pair:
            break;
    }
    return 0;
}

}  // namespace stream_analyzer
