// A run, window by window and id by id.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "store/block.hpp"
#include "store/byte_codec.hpp"
#include "store/front_coded_id.hpp"
#include "store/keyed_piece.hpp"
#include "store/piece_flags.hpp"
#include "store/run_account.hpp"
#include "store/run_format.hpp"
#include "store/run_head.hpp"

namespace stream_analyzer {

static_assert(FrontCodedId::kPadding_bytes <= kBlockPadding_bytes);

/// What a reader of usual ids holds at most: a block, stored and decoded, and zstd's context.
inline constexpr std::size_t kMostReader_bytes = 2 * kMostBlock_bytes + (std::size_t{128} << 10U);

/// Reads a run from its beginning to its end, holding one block of it. Whatever the bytes are, it
/// ends, and memory is bounded by kMostBlock_bytes, the longest id (kMostId_bytes) or the states of
/// a window, each of which must be there to be read. What is wrong is an EnvironmentError that
/// names the source.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): one object a run, members by meaning
class RunReader {
  public:
    /// Reads the head.
    explicit RunReader(std::unique_ptr<ByteSource> source);
    /// Begins where a block begins with a window: the one of that number, where `source` stands.
    /// What is ahead of it, and so the number of windows, is not looked at.
    RunReader(std::unique_ptr<ByteSource> source, RunHead head, std::uint64_t block);
    RunReader(const RunReader&) = delete;
    RunReader& operator=(const RunReader&) = delete;
    RunReader(RunReader&&) = delete;
    RunReader& operator=(RunReader&&) = delete;
    ~RunReader() = default;

    [[nodiscard]] const RunHead& head() const { return head_; }
    [[nodiscard]] const std::string& name() const { return blocks_.name(); }

    /// Goes to the next window, past what is left of this one. False at the end of the run.
    [[nodiscard]] bool next_window();
    [[nodiscard]] const WindowKey& key() const { return key_; }

    /// Goes to the next id of the window. False behind the last.
    [[nodiscard]] bool next_id() {
        if (content_->empty() && !next_content()) return false;
        take_entry();
        if (content_->empty() && (flags_ & kIdGoesOn) != 0) take_rest_of_id();
        if (compare_whole_) compare_with_id_ahead_of_piece();
        ++ids_read_;
        id_bytes_read_ += id().size();
        return true;
    }
    /// Valid until next_id or next_window is called.
    [[nodiscard]] std::string_view id() const { return id_.text(); }
    /// first_bytes(id()), at less cost.
    [[nodiscard]] std::uint64_t id_beginning() const { return id_.beginning(); }
    /// What id() was before next_id was called.
    [[nodiscard]] std::string_view passed_id() const { return id_.previous(); }

    /// The keys of the window, instead of its ids: the next of them, none behind the last. Valid
    /// until this or next_window is called.
    [[nodiscard]] KeyedIds next_keys();

    /// The sketch states of the window, instead of its ids: exactly those of the head's sketches.
    void read_states(std::string& into);

    /// Goes past what is left of the window. Its totals, which agree with its ids when all of them
    /// were read.
    [[nodiscard]] const WindowTotals& finish_window();
    /// Whether the window has no row, though the run has some.
    [[nodiscard]] bool lacks_row() const { return lacks_row_; }
    [[nodiscard]] bool has_row() const { return head_.with_rows && !lacks_row_; }
    /// After finish_window: the estimates, empty when the window has none.
    [[nodiscard]] const EstimateRow& row() const { return row_; }

    /// After next_window returned false.
    [[nodiscard]] const RunAccount& account() const { return account_; }

  private:
    [[nodiscard]] bool next_windows_block();
    void begin_window();
    void read_piece_head();
    void read_totals();
    void next_piece();
    [[nodiscard]] bool next_content();
    void take_entry() {
        const std::uint64_t shared = content_->varint();
        const std::string_view rest = content_->text();
        if (at_piece_start_) {
            begin_piece(shared);
        } else if (!ascends(shared, rest)) {
            fail("the ids of a window are not in order");
        }
        id_.set(shared, rest);
    }
    [[nodiscard]] bool ascends(std::uint64_t shared, std::string_view rest) const {
        if (shared > id().size()) fail("an id shares more than there is");
        if (ids_read_ == 0) return true;
        return !rest.empty() &&
               (shared == id().size() || static_cast<unsigned char>(rest.front()) >
                                             static_cast<unsigned char>(id()[shared]));
    }
    void begin_piece(std::uint64_t shared);
    void take_rest_of_id();
    void compare_with_id_ahead_of_piece();
    void read_account();
    [[noreturn]] void fail(std::string_view why) const { fail_as_damaged(name(), why); }

    BlockReader blocks_;
    RunHead head_;
    bool is_whole_;
    RunAccount account_;
    std::uint64_t windows_ = 0;  // of the first length

    std::optional<ByteReader> block_;    // what is left of the block; absent: none is open
    std::optional<ByteReader> content_;  // what is left of the piece
    std::uint8_t flags_ = 0;             // of the piece
    bool at_piece_start_ = false;

    bool has_window_ = false;
    bool in_window_ = false;  // and its last piece was not left
    WindowKey key_;
    WindowTotals totals_;
    bool lacks_row_ = false;
    EstimateRow row_;
    FrontCodedId id_;
    bool compare_whole_ = false;  // the piece's first id with the one ahead of it, once it is read
    std::uint64_t ids_read_ = 0;
    std::uint64_t id_bytes_read_ = 0;
    bool skipped_ = false;
};

}  // namespace stream_analyzer
