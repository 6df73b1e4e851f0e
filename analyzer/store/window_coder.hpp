// Windows as blocks of a run.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "store/block.hpp"
#include "store/run_format.hpp"

namespace stream_analyzer {

/// Encodes windows into blocks, one thread with a coder of its own. Where blocks end is a matter of
/// the windows alone when every coder begins at a boundary (see ends_block).
class WindowCoder {
  public:
    using TakeBlock = std::function<void(const CodedBlock&)>;

    explicit WindowCoder(TakeBlock take, Packing packing = Packing::small)
        : take_(std::move(take)), coder_(packing) {}

    void begin(WindowKey key);
    /// Ids of the window, ascending and distinct. Throws EnvironmentError for one longer than
    /// kMostId_bytes.
    void add_id(std::string_view id);
    /// Or pieces of its sketch states.
    void add_states(std::string_view bytes);
    /// `row`: one estimate a sketch in runs with rows, else empty.
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

    [[nodiscard]] std::size_t room() const;
    /// Length of the prefix that an entry shares with the one before it; `id` is the last then.
    [[nodiscard]] std::size_t shared_with_last(std::string_view id);
    void end_piece(std::uint8_t flags, std::string_view totals);
    void end_block_within(std::uint8_t flags);
    void add_entry(std::size_t shared, std::string_view rest);

    TakeBlock take_;
    BlockCoder coder_;
    std::string block_;
    std::optional<WindowKey> block_begins_window_;
    std::string piece_;
    std::string totals_;
    WindowKey key_;
    std::string last_id_;
    std::uint64_t last_first_bytes_ = 0;
    std::uint64_t state_bytes_ = 0;
    std::uint64_t ids_ = 0;
    bool first_piece_ = true;
    Boundaries boundaries_;
};

}  // namespace stream_analyzer
