#include "exact/id_dictionary.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <utility>

namespace stream_analyzer {

namespace {

constexpr std::size_t kFirstCells = 1024;

// Filled to at most 3/4: beyond it runs of occupied cells lengthen fast (Knuth, TAOCP 6.4).
bool has_room(std::size_t cells, std::size_t ids) {
    return ids * 4 <= cells * 3;
}

std::size_t cells_for(std::size_t ids) {
    std::size_t cells = kFirstCells;
    while (!has_room(cells, ids))
        cells *= 2;
    return cells;
}

unsigned pair_shift_for(std::size_t cells) {
    return 32U - static_cast<unsigned>(std::countr_zero(cells / 2));
}

}  // namespace

IdDictionary::IdDictionary() : cells_(kFirstCells), pair_shift_(pair_shift_for(kFirstCells)) {}

DenseId IdDictionary::find_or_enter(const HashedId& id) {
    const std::size_t mask = cells_.size() - 1;
    for (std::size_t at = first_cell(id.hash);; at = (at + 1) & mask) {
        const Cell& cell = cells_[at];
        if (cell.number_plus_one == 0) return enter(id, at);
        if (cell.id == id.id) return cell.number_plus_one - 1;
    }
}

DenseId IdDictionary::enter(const HashedId& id, std::size_t at) {
    const std::size_t number = known_.size();
    const std::string_view text = id.id.text();
    if (number >= UINT32_MAX - 1 || text.size() > UINT32_MAX) {
        throw std::length_error("more ids in one dictionary than it can number");
    }
    Cell& cell = cells_[at];
    cell.id = id.id;
    if (cell.id.is_long()) cell.id.move_to(long_texts_.keep(text));
    cell.number_plus_one = static_cast<DenseId>(number + 1);
    cell.hash_low = static_cast<std::uint32_t>(id.hash);
    known_.push_back(
        {id.hash, static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(at)});
    if (!has_room(cells_.size(), number + 1)) grow();
    return static_cast<DenseId>(number);
}

// Cells stand in about the order of their hashes, so both tables are walked from end to end.
void IdDictionary::grow() {
    const Cells old = std::exchange(cells_, Cells(cells_.size() * 2));
    pair_shift_ = pair_shift_for(cells_.size());
    const std::size_t mask = cells_.size() - 1;
    for (const Cell& cell : old) {
        if (cell.number_plus_one == 0) continue;
        std::size_t at = first_cell(cell.hash_low);
        while (cells_[at].number_plus_one != 0) {
            at = (at + 1) & mask;
        }
        cells_[at] = cell;
        known_[cell.number_plus_one - 1].cell = static_cast<std::uint32_t>(at);
    }
}

void IdDictionary::clear(std::size_t expected_ids) {
    const std::size_t cells = cells_for(expected_ids);
    if (cells == cells_.size()) {
        std::ranges::fill(cells_, Cell());
    } else {
        cells_ = Cells();  // its memory is free for the next
        cells_.resize(cells);
        pair_shift_ = pair_shift_for(cells);
    }
    known_.clear();
    long_texts_ = {};
}

}  // namespace stream_analyzer
