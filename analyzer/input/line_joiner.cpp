#include "input/line_joiner.hpp"

#include <algorithm>
#include <cstring>

#include "input/byte_order_mark.hpp"
#include "input/line_cut.hpp"

namespace stream_analyzer {

namespace {

/// Memory of a longer line is given back when that is handed out.
constexpr std::size_t kKeptCapacity_bytes = std::size_t{1} << 20U;

/// How much of the text is whole lines.
std::size_t behind_last_line_feed(std::string_view text) {
    if (text.empty()) return 0;
    const void* const found = ::memrchr(text.data(), '\n', text.size());
    if (found == nullptr) return 0;
    return static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + 1;
}

}  // namespace

void LineJoiner::join(MemoryBlock& block, std::size_t begin, std::size_t end, bool last,
                      Chunk& chunk) {
    Piece piece{block, begin, end};
    received_bytes_ += end - begin;
    chunk.offset_bytes = offset_bytes_;
    if (overlong_bytes_ > 0) {
        skip_line(piece, last, chunk);
        return;
    }
    if (!started_) {
        if (kept_.size() + piece.text().size() < kByteOrderMark.size() && !last) {
            kept_ += piece.text();
            return;
        }
        skip_mark(piece, chunk);
    }
    if (kept_has_line_feeds_) prepend_kept(piece);
    if (behind_last_line_feed(piece.text()) == 0 && !last) {
        keep(piece.text());
        return;
    }
    prepend_kept(piece);
    const std::string_view text = piece.text();
    const std::size_t cut = last ? text.size() : behind_last_line_feed(text);
    keep(text.substr(cut));
    chunk.bytes = text.substr(0, cut);
    chunk.last_of_source = last;
    offset_bytes_ += cut;
    status_->add_bytes(cut);
}

/// Puts what was kept before the piece; nothing is kept any more.
void LineJoiner::prepend_kept(Piece& piece) {
    if (!kept_.empty() && kept_.size() > piece.begin) {
        MemoryBlock larger;
        larger.reserve(kept_.size() + piece.text().size(), 0);
        std::ranges::copy(piece.text(), larger.data() + kept_.size());
        piece.end = kept_.size() + piece.text().size();
        piece.begin = kept_.size();
        piece.block = std::move(larger);
    }
    piece.begin -= kept_.size();
    std::ranges::copy(kept_, piece.block.data() + piece.begin);
    if (kept_.capacity() > kKeptCapacity_bytes) kept_ = std::string();
    kept_.clear();
    kept_has_line_feeds_ = false;
}

/// At the very start, where nothing but parts of a byte order mark may have been kept.
void LineJoiner::skip_mark(Piece& piece, Chunk& chunk) {
    started_ = true;
    prepend_kept(piece);
    if (!piece.text().starts_with(kByteOrderMark)) return;
    piece.begin += kByteOrderMark.size();
    offset_bytes_ = kByteOrderMark.size();
    chunk.offset_bytes = offset_bytes_;
    status_->add_bytes(kByteOrderMark.size());
}

/// Adds a text without line feeds to what is kept.
void LineJoiner::keep(std::string_view text) {
    kept_ += text;
    if (kept_.size() <= longest_line_bytes_) return;
    overlong_bytes_ = kept_.size();
    kept_.resize(std::min(longest_line_bytes_, kOverlongPrefix_bytes));
    kept_.shrink_to_fit();
}

/// The piece begins inside of an overlong line, of which the first bytes are kept: these are handed
/// out when the line ends, and the rest of the piece with the next.
void LineJoiner::skip_line(const Piece& piece, bool last, Chunk& chunk) {
    const std::string_view text = piece.text();
    const std::size_t line_feed = text.find('\n');
    const bool ends = line_feed != std::string_view::npos;
    if (!ends && !last) {
        overlong_bytes_ += text.size();
        return;
    }
    const std::string beginning = std::exchange(kept_, {});
    const std::uint64_t line =
        std::exchange(overlong_bytes_, 0) + (ends ? line_feed + 1 : text.size());
    if (ends) {
        const std::string_view rest = text.substr(line_feed + 1);
        kept_has_line_feeds_ = behind_last_line_feed(rest) > 0;
        if (kept_has_line_feeds_) {
            kept_ = rest;
        } else {
            keep(rest);
        }
    }
    piece.block.reserve(beginning.size(), 0);
    std::ranges::copy(beginning, piece.block.data());
    chunk.bytes = {piece.block.data(), beginning.size()};
    chunk.overlong_line_bytes = line;
    chunk.last_of_source = last && kept_.empty();
    offset_bytes_ += line;
    status_->add_bytes(line);
}

}  // namespace stream_analyzer
