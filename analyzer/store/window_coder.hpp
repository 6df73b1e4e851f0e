// Windows as blocks of a run.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "exact/packed_id.hpp"
#include "store/block.hpp"
#include "store/keyed_piece.hpp"
#include "store/piece_buffer.hpp"
#include "store/run_format.hpp"

namespace stream_analyzer {

/// Encodes windows into blocks, one thread with a coder of its own. Where blocks end is a matter of
/// the windows alone when every coder begins at a boundary (see ends_block).
class WindowCoder {
  public:
    using TakeBlock = std::function<void(const CodedBlock&)>;

    explicit WindowCoder(TakeBlock take, Packing packing = Packing::small)
        : take_(std::move(take)), coder_(packing) {}

    /// `lacks_row`: in a run with rows it has none.
    void begin(WindowKey key, bool lacks_row = false);
    /// Ids of the window, ascending and distinct. Throws EnvironmentError for one longer than
    /// kMostId_bytes.
    void add_id(std::string_view id) {
        if (id.size() > PackedId::kShort_bytes) {
            add_text(id);
            return;
        }
        const std::array<PackedId, 2> padded{PackedId(id, 0)};
        add_id(padded[0]);
    }
    /// The same; from each byte of a short id PieceBuffer::kPadding_bytes may be read.
    void add_id(const PackedId& id) {
        if (id.is_long() || id.size() > room()) {
            add_text(id.text());
            return;
        }
        ++ids_;
        const std::size_t shared = shared_with_last(id);
        last_short_ = id;
        last_is_short_ = true;
        piece_.append_short_entry(shared, id.text().substr(shared));
    }
    /// Or keys instead of ids, ascending, those of twins too. No mark is kOddMark.
    void add_keys(std::span<const PlaceKey> keys, std::span<const IdMark> marks);
    void add_key(const KeyedId& id) {
        if (room() < kMostKeyedId_bytes) end_block_within(0);
        ++ids_;
        keyed_.add(id);
    }
    /// Or pieces of its sketch states.
    void add_states(std::string_view bytes);
    /// `row`: one estimate a sketch if the window has a row, else empty.
    void end(const WindowTotals& totals, std::span<const SketchEstimate> row);

    /// Ends the open block.
    void flush();

    /// The rule for boundaries, for those who spread windows over threads: takes the weight of the
    /// next window and tells whether its block ends with it.
    class Boundaries {
      public:
        [[nodiscard]] bool ends_block(std::uint64_t ids_or_states) {
            weight_ += 1 + ids_or_states;
            if (weight_ < kBlockWeight) return false;
            weight_ = 0;
            return true;
        }

      private:
        std::uint64_t weight_ = 0;
    };

  private:
    // The most that a piece needs besides its content: flags, length, start, totals, size.
    static constexpr std::size_t kPieceHead_bytes = 64;

    // Two varints of lengths up to kMostId_bytes.
    static constexpr std::size_t kEntryHead_bytes = 10;

    /// For an id or states in the open piece.
    [[nodiscard]] std::size_t room() const {
        const std::size_t used = block_.size() + piece_.size() + keyed_.size_bytes() +
                                 kPieceHead_bytes + kEntryHead_bytes;
        return used < kMostBlock_bytes ? kMostBlock_bytes - used : 0;
    }
    /// Keys are as if by chance, and a window has each once; in many windows of few keys some come
    /// again, and all that is said of the windows does.
    [[nodiscard]] bool is_worth_packing() const {
        return !has_keys_ || windows_ > kBlockWeight / 64;
    }
    void add_text(std::string_view id);
    [[nodiscard]] std::string_view last_id() const {
        return last_is_short_ ? last_short_.text() : std::string_view(last_long_);
    }
    /// Length of the prefix that an entry shares with the one before it; of short ids nearly
    /// always at the cost of a comparison.
    [[nodiscard]] std::size_t shared_with_last(const PackedId& id) const {
        if (piece_.empty()) return 0;
        return last_is_short_ ? id.shared_bytes(last_short_) : shared_with_last(id.text());
    }
    [[nodiscard]] std::size_t shared_with_last(std::string_view id) const;
    void end_piece(std::uint8_t flags, std::string_view totals);
    void end_block_within(std::uint8_t flags);
    void add_entry(std::size_t shared, std::string_view rest);

    TakeBlock take_;
    BlockCoder coder_;
    std::string block_;
    std::optional<WindowKey> block_begins_window_;
    PieceBuffer piece_;
    KeyedPiece keyed_;
    std::string entry_head_;
    std::string totals_;
    WindowKey key_;
    PackedId last_short_;
    std::string last_long_;
    bool last_is_short_ = true;
    std::uint64_t state_bytes_ = 0;
    std::uint64_t ids_ = 0;
    std::uint64_t windows_ = 0;  // of the block
    bool has_keys_ = false;      // likewise
    bool first_piece_ = true;
    bool lacks_row_ = false;
    Boundaries boundaries_;
};

}  // namespace stream_analyzer
