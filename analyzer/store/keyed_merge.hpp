// The keys of a window that is in several runs, united.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "exact/place_key.hpp"
#include "store/id_twins.hpp"
#include "store/keyed_piece.hpp"
#include "store/run_reader.hpp"

namespace stream_analyzer {

/// Unites numbers, not texts: which keys stand for the same id is known (IdTwins).
///
/// Keys are hashes, so they are spread evenly: those of a slice, which all runs have at hand, are
/// put into a small table, each where it belongs among them, unless it is there already. That costs
/// the same for any number of runs; a tournament of nine took more than twice as long (measured).
class KeyedMerge {
  public:
    /// `runs`: those with the window, at its beginning; `numbers`: theirs in `twins`, which is
    /// borrowed.
    void begin(std::span<RunReader* const> runs, std::span<const std::uint32_t> numbers,
               const IdTwins& twins);

    /// The next slice of the union, a few thousand ids at most; none behind the last. Slices ascend
    /// by key; within one there is no order. Valid until this is called again.
    [[nodiscard]] std::span<KeyedId> next();

  private:
    // Where a run stands.
    struct Place {
        RunReader* run = nullptr;
        std::uint32_t number = 0;
        KeyedIds ids;
        std::size_t next = 0;
        std::size_t slice_end = 0;
    };

    // Keys from first to last.
    struct Slice {
        PlaceKey first = 0;
        PlaceKey last = 0;
        std::size_t ids = 0;  // in all runs
    };

    void read_pieces();
    [[nodiscard]] Slice next_slice();
    void take_slice(const Slice& slice);
    [[nodiscard]] std::size_t find_ends(PlaceKey last);
    void clear_table(const Slice& slice);
    void take(Place& place, PlaceKey first);
    void take_all(Place& place);
    [[nodiscard]] static KeyedId take_odd(Place& place, PlaceKey key);
    void take_twins(std::size_t twins);

    const IdTwins* twins_ = nullptr;
    std::vector<Place> places_;         // of runs that have more
    std::vector<std::uint64_t> table_;  // how far a key is behind the slice's first, and 1
    unsigned table_shift_ = 0;
    std::vector<KeyedId> ids_;  // of the slice the first size_, and room
    std::size_t size_ = 0;
    std::vector<KeyedId> found_twins_;  // ids that share their key, and are not handed over yet
};

}  // namespace stream_analyzer
