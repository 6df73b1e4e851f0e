#include "store/window_coder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "store/byte_codec.hpp"
#include "store/piece_flags.hpp"

namespace stream_analyzer {

void WindowCoder::begin(WindowKey key, bool lacks_row) {
    key_ = key;
    lacks_row_ = lacks_row;
    ids_ = 0;
    state_bytes_ = 0;
    first_piece_ = true;
}

void WindowCoder::add_text(std::string_view id) {
    if (id.size() > kMostId_bytes) {
        throw EnvironmentError(fmt::format("cannot store an id of {} bytes: the longest is {}",
                                           id.size(), kMostId_bytes));
    }
    ++ids_;
    std::size_t shared = shared_with_last(id);
    last_long_.assign(id);
    last_is_short_ = false;
    if (id.size() - shared > room()) {
        end_block_within(0);
        shared = 0;
    }
    std::string_view rest = id.substr(shared);
    while (rest.size() > room()) {  // longer than a block
        const std::string_view part = rest.substr(0, room());
        add_entry(0, part);
        rest.remove_prefix(part.size());
        end_block_within(kIdGoesOn);
    }
    add_entry(shared, rest);
}

std::size_t WindowCoder::shared_with_last(std::string_view id) const {
    if (piece_.empty()) return 0;
    return static_cast<std::size_t>(std::ranges::mismatch(id, last_id()).in1 - id.begin());
}

void WindowCoder::add_entry(std::size_t shared, std::string_view rest) {
    entry_head_.clear();
    ByteWriter out(entry_head_);
    out.varint(shared);
    out.varint(rest.size());
    piece_.append(entry_head_);
    piece_.append(rest);
}

void WindowCoder::add_keys(std::span<const PlaceKey> keys, std::span<const IdMark> marks) {
    ids_ += keys.size();
    while (!keys.empty()) {
        if (room() < kMostKeyedId_bytes) end_block_within(0);
        const std::size_t size = std::min(keys.size(), room() / kMostKeyedId_bytes);
        keyed_.add(keys.first(size), marks.first(size));
        keys = keys.subspan(size);
        marks = marks.subspan(size);
    }
}

void WindowCoder::add_states(std::string_view bytes) {
    state_bytes_ += bytes.size();
    while (!bytes.empty()) {
        if (room() == 0) end_block_within(0);
        const std::string_view part = bytes.substr(0, room());
        piece_.append(part);
        bytes.remove_prefix(part.size());
    }
}

void WindowCoder::end(const WindowTotals& totals, std::span<const SketchEstimate> row) {
    totals_.clear();
    ByteWriter out(totals_);
    out.varint(totals.records);
    out.varint(totals.distinct);
    out.varint(totals.id_bytes);
    for (const SketchEstimate& estimate : row) {
        out.real(estimate.saturated ? std::numeric_limits<double>::quiet_NaN() : estimate.value);
    }
    if (totals_.size() > room()) end_block_within(0);
    const bool was_split = !first_piece_;
    end_piece(kLastPiece, totals_);
    if (boundaries_.ends_block(ids_ + state_bytes_ / kStateBytesPerWeight) || was_split) flush();
}

void WindowCoder::end_piece(std::uint8_t flags, std::string_view totals) {
    if (block_.empty() && first_piece_) block_begins_window_ = key_;
    if (!keyed_.empty()) {
        keyed_.hand_over([this](std::string_view bytes) { piece_.append(bytes); });
        keyed_.clear();
        has_keys_ = true;
    }
    ByteWriter out(block_);
    ++windows_;
    if (first_piece_) flags |= kFirstPiece | (lacks_row_ ? kNoRow : 0U);
    out.byte(flags);
    if (first_piece_) {
        out.varint(key_.length);
        out.signed_varint(key_.start.time_since_epoch().count());
    }
    block_.append(totals);
    out.text(piece_.text());
    piece_.clear();
    first_piece_ = false;
}

void WindowCoder::end_block_within(std::uint8_t flags) {
    end_piece(flags, {});
    flush();
}

void WindowCoder::flush() {
    if (block_.empty()) return;
    CodedBlock block = is_worth_packing() ? coder_.code(BlockKind::windows, block_)
                                          : BlockCoder::keep(BlockKind::windows, block_);
    block.begins_window = std::exchange(block_begins_window_, std::nullopt);
    take_(block);
    block_.clear();
    windows_ = 0;
    has_keys_ = false;
}

}  // namespace stream_analyzer
