#include "store/run_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <utility>

namespace stream_analyzer {

namespace {

constexpr std::array<char, FrontCodedId::kPadding_bytes> kPadding{};
constexpr std::string_view kNoText(kPadding.data(), 0);

}  // namespace

RunReader::RunReader(std::unique_ptr<ByteSource> source, RunHead head, std::uint64_t block)
    : blocks_(std::move(source), block), head_(std::move(head)), is_whole_(false) {}

RunReader::RunReader(std::unique_ptr<ByteSource> source)
    : blocks_(std::move(source)), is_whole_(true) {
    if (!blocks_.next() || blocks_.kind() != BlockKind::head) fail("it does not begin with a head");
    head_ = RunHead::decode(blocks_.content(), name());
}

bool RunReader::next_windows_block() {
    if (!blocks_.next()) fail("its end is missing");
    if (blocks_.kind() != BlockKind::windows) return false;
    if (blocks_.content().empty()) fail("a block is empty");
    block_.emplace(blocks_.content(), name());
    return true;
}

bool RunReader::next_window() {
    if (in_window_) (void)finish_window();
    if (!block_ || block_->empty()) {
        block_.reset();
        if (!next_windows_block()) {
            read_account();
            return false;
        }
    }
    begin_window();
    return true;
}

void RunReader::begin_window() {
    const WindowKey before = key_;
    read_piece_head();
    if ((flags_ & kFirstPiece) == 0) fail("a window has no beginning");
    if (has_window_ && key_ <= before) fail("its windows are not in order");
    has_window_ = true;
    in_window_ = true;
    skipped_ = false;
    ids_read_ = 0;
    id_bytes_read_ = 0;
    windows_ += key_.length == 0 ? 1 : 0;
}

void RunReader::read_piece_head() {
    flags_ = block_->byte();
    const bool may_lack_row = head_.with_rows && (flags_ & kFirstPiece) != 0;
    if ((flags_ & ~kKnownPieceFlags) != 0 || (!may_lack_row && (flags_ & kNoRow) != 0)) {
        fail("a piece has flags that mean nothing");
    }
    if ((flags_ & kFirstPiece) != 0) {
        lacks_row_ = (flags_ & kNoRow) != 0;
        const std::uint64_t length = block_->varint();
        if (length >= head_.lengths.size()) fail("a window has a length that does not exist");
        key_.length = static_cast<std::uint32_t>(length);
        const std::int64_t start_seconds = block_->signed_varint();
        // Calendar windows may begin a year ahead of the first event time.
        constexpr std::int64_t kYear_seconds = std::int64_t{366} * 86400;
        const auto first = std::chrono::floor<std::chrono::seconds>(kFirstEventTime);
        const auto last = std::chrono::floor<std::chrono::seconds>(kLastEventTime);
        if (start_seconds < first.time_since_epoch().count() - kYear_seconds ||
            start_seconds > last.time_since_epoch().count()) {
            fail("a window begins outside of time");
        }
        key_.start = WindowTime{std::chrono::seconds{start_seconds}};
    }
    if ((flags_ & kLastPiece) != 0) read_totals();
    content_.emplace(block_->text(), name());
    at_piece_start_ = true;
    if ((flags_ & kLastPiece) == 0 && !block_->empty()) fail("a window is cut within a block");
}

void RunReader::read_totals() {
    totals_.records = block_->varint();
    totals_.distinct = block_->varint();
    totals_.id_bytes = block_->varint();
    row_.clear();
    if (!has_row()) return;
    for (std::size_t i = 0; i < head_.sketches.size(); ++i) {
        const double value = block_->real();
        if (std::isinf(value) || value < 0) fail("an estimate is no number");
        row_.push_back(std::isnan(value) ? SketchEstimate{.value = 0, .saturated = true}
                                         : SketchEstimate{.value = value, .saturated = false});
    }
}

void RunReader::next_piece() {
    if (!next_windows_block()) fail("a window has no end");
    read_piece_head();
    if ((flags_ & kFirstPiece) != 0) fail("a window has no end");
}

bool RunReader::next_content() {
    while (content_->empty()) {
        if ((flags_ & kLastPiece) != 0) {
            if (!skipped_ &&
                (ids_read_ != totals_.distinct || id_bytes_read_ != totals_.id_bytes)) {
                fail("the ids of a window are not as many as it says");
            }
            id_.set(0, kNoText);
            return false;
        }
        next_piece();
    }
    return true;
}

void RunReader::begin_piece(std::uint64_t shared) {
    if (shared != 0) fail("a piece begins with a part of an id");
    compare_whole_ = ids_read_ > 0;
    at_piece_start_ = false;
}

void RunReader::take_rest_of_id() {
    while (content_->empty() && (flags_ & kIdGoesOn) != 0) {
        next_piece();
        if (content_->empty() || content_->varint() != 0) fail("an id has no end");
        const std::string_view rest = content_->text();
        if (rest.empty() || rest.size() + id().size() > kMostId_bytes) fail("an id has no end");
        id_.append(rest);
        at_piece_start_ = false;
    }
}

void RunReader::compare_with_id_ahead_of_piece() {
    if (id() <= passed_id()) fail("the ids of a window are not in order");
    compare_whole_ = false;
}

const WindowTotals& RunReader::finish_window() {
    skipped_ = skipped_ || !content_->empty();
    while ((flags_ & kLastPiece) == 0) {
        skipped_ = true;
        next_piece();
    }
    content_.emplace(std::string_view{}, name());
    in_window_ = false;
    return totals_;
}

KeyedIds RunReader::next_keys() {
    while (content_->empty()) {
        if ((flags_ & kLastPiece) != 0) return {};
        next_piece();
    }
    KeyedIds ids;
    ids.size = content_->varint();
    ids.keys = content_->bytes(ids.size * sizeof(PlaceKey)).data();
    ids.marks = content_->bytes(ids.size).data();
    ids.odd = content_->bytes(content_->left());
    return ids;
}

void RunReader::read_states(std::string& into) {
    std::size_t expected_bytes = 0;
    for (const SketchSpec& sketch : head_.sketches)
        expected_bytes += sketch.memory_bytes();
    into.clear();
    while (true) {
        const std::string_view part = content_->bytes(content_->left());
        if (into.size() + part.size() > expected_bytes) fail("a window has too many states");
        into.append(part);
        if ((flags_ & kLastPiece) != 0) break;
        next_piece();
    }
    if (into.size() != expected_bytes) fail("a window has too few states");
}

void RunReader::read_account() {
    bool more = true;
    while (more && blocks_.kind() == BlockKind::sources) {
        decode_sources(blocks_.content(), name(), account_.sources);
        more = blocks_.next();
    }
    if (!more || blocks_.kind() != BlockKind::foot) fail("its end is missing");
    decode_foot(blocks_.content(), name(), account_);
    if (is_whole_ && account_.windows != windows_) fail("some of its windows are missing");
    if (blocks_.next()) fail("something follows its end");
}

}  // namespace stream_analyzer
