#include "store/window_coder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "core/error.hpp"
#include "store/byte_codec.hpp"
#include "store/piece_flags.hpp"

namespace stream_analyzer {

namespace {

// Two varints of lengths up to kMostId_bytes.
constexpr std::size_t kEntryHead_bytes = 10;

// Eight bytes at a time: neighbouring ids share few bytes or many.
std::size_t shared_prefix(std::string_view a, std::string_view b) {
    const std::size_t most = std::min(a.size(), b.size());
    std::size_t shared = 0;
    for (; shared + sizeof(std::uint64_t) <= most; shared += sizeof(std::uint64_t)) {
        std::uint64_t word_a = 0;
        std::uint64_t word_b = 0;
        std::memcpy(&word_a, a.data() + shared, sizeof word_a);
        std::memcpy(&word_b, b.data() + shared, sizeof word_b);
        if (word_a != word_b) break;
    }
    while (shared < most && a[shared] == b[shared])
        ++shared;
    return shared;
}

}  // namespace

std::size_t WindowCoder::room() const {
    const std::size_t used = block_.size() + piece_.size() + kPieceHead_bytes + kEntryHead_bytes;
    return used < kMostBlock_bytes ? kMostBlock_bytes - used : 0;
}

void WindowCoder::begin(WindowKey key) {
    key_ = key;
    ids_ = 0;
    state_bytes_ = 0;
    first_piece_ = true;
}

void WindowCoder::add_id(std::string_view id) {
    if (id.size() > kMostId_bytes) {
        throw EnvironmentError(fmt::format("cannot store an id of {} bytes: the longest is {}",
                                           id.size(), kMostId_bytes));
    }
    ++ids_;
    std::size_t shared = piece_.empty() ? 0 : shared_prefix(last_id_, id);
    if (id.size() - shared > room()) {
        end_block_within(0);
        shared = 0;
    }
    last_id_.resize(shared);
    last_id_.append(id.substr(shared));
    std::string_view rest = id.substr(shared);
    while (rest.size() > room()) {  // longer than a block
        const std::string_view part = rest.substr(0, room());
        add_entry(0, part);
        rest.remove_prefix(part.size());
        end_block_within(kIdGoesOn);
    }
    add_entry(shared, rest);
}

void WindowCoder::add_entry(std::size_t shared, std::string_view rest) {
    ByteWriter out(piece_);
    out.varint(shared);
    out.text(rest);
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
    ByteWriter out(block_);
    out.byte(static_cast<std::uint8_t>(flags | (first_piece_ ? kFirstPiece : 0U)));
    if (first_piece_) {
        out.varint(key_.length);
        out.signed_varint(key_.start.time_since_epoch().count());
    }
    block_.append(totals);
    out.text(piece_);
    piece_.clear();
    first_piece_ = false;
}

void WindowCoder::end_block_within(std::uint8_t flags) {
    end_piece(flags, {});
    flush();
}

void WindowCoder::flush() {
    if (block_.empty()) return;
    take_(coder_.code(BlockKind::windows, block_));
    block_.clear();
}

}  // namespace stream_analyzer
