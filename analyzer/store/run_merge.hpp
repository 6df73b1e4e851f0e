// Several runs as one: windows in order, each with the union of its ids.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sketch/sketch.hpp"
#include "store/id_tournament.hpp"
#include "store/id_twins.hpp"
#include "store/keyed_merge.hpp"
#include "store/run_places.hpp"
#include "store/run_reader.hpp"

namespace stream_analyzer {

/// Reads all runs at once: one block of each is held. Counters of a window are summed, its ids
/// united, its sketch states merged.
class RunMerge {
  public:
    /// Of the runs, each from where it stands, the windows in `range`.
    /// `twins`, borrowed: for runs with keys, numbered as here.
    explicit RunMerge(std::vector<std::unique_ptr<RunReader>> runs, const KeyRange& range = {},
                      const IdTwins& twins = kNoTwins);

    /// Goes to the next window of any run, past what is left of this one. False behind the last.
    [[nodiscard]] bool next_window();
    [[nodiscard]] const WindowKey& key() const { return key_; }

    /// Goes to the next id of the window, ascending by bytes. False behind the last.
    [[nodiscard]] bool next_id();
    /// Valid until next_id, finish_window or next_window is called.
    [[nodiscard]] std::string_view id() const { return id_; }

    /// The next slice of the window's keys (KeyedMerge), none behind the last. Instead of ids.
    /// Valid until next_keys, finish_window or next_window is called.
    [[nodiscard]] std::span<KeyedId> next_keys();

    /// Merges the states of the window into `into`, one a sketch of the head. Instead of ids.
    void merge_states(std::span<Sketch> into);

    /// The window is in one run alone, and that run says what its row is.
    [[nodiscard]] bool has_row() const { return in_one_run() && members_.front()->has_row(); }

    /// Goes past what is left of the window. `distinct` and `id_bytes` are those of the union when
    /// all ids or keys were read, or when the window is in one run alone.
    [[nodiscard]] WindowTotals finish_window();
    /// After finish_window, if it has_row().
    [[nodiscard]] const EstimateRow& row() const { return members_.front()->row(); }

  private:
    static const IdTwins kNoTwins;

    [[nodiscard]] bool in_one_run() const { return members_.size() == 1; }

    std::vector<std::unique_ptr<RunReader>> runs_;
    const IdTwins* twins_;
    WindowKey end_;
    std::vector<RunReader*> open_;        // runs with a window that is not passed
    std::vector<RunReader*> members_;     // those with this window
    std::vector<std::uint32_t> numbers_;  // of members with keys, in twins_
    WindowKey key_;
    IdTournament ids_;  // of several members
    KeyedMerge keys_;
    bool has_started_ids_ = false;
    std::string_view id_;
    std::uint64_t distinct_ = 0;
    std::uint64_t id_bytes_ = 0;
    std::string states_;
};

}  // namespace stream_analyzer
