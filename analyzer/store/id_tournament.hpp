// The smallest of the ids at which several runs stand.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "store/run_reader.hpp"

namespace stream_analyzer {

/// Unites the ids of a window that is in several runs: a tree of losers (Knuth, The Art of Computer
/// Programming 3, 5.4.1), in which an id plays once for each doubling of the runs. Mostly the first
/// eight bytes decide, and they lie side by side.
class IdTournament {
  public:
    /// Reads the first id of each run, all of which stand at the beginning of the window. `runs`
    /// are borrowed.
    void begin(std::span<RunReader* const> runs);

    /// No id is left.
    [[nodiscard]] bool empty() const { return players_[0] == kNobody; }
    /// The smallest id, valid until pass_first.
    [[nodiscard]] std::string_view first() const { return runs_[players_[0]]->id(); }
    /// Goes on to the next greater id, in all runs that have the first.
    void pass_first();

  private:
    using Player = std::uint32_t;  // index of a run

    static constexpr Player kNobody = UINT32_MAX;      // instead of a run that has no more ids
    static constexpr Player kNotYet = UINT32_MAX - 1;  // who comes first waits for another

    static constexpr std::uint64_t kNoBeginning = UINT64_MAX;

    void read_and_play(Player run);
    // `winner` is whom the leaf has, and `beginning` are the first bytes of its id.
    void play(std::size_t leaf, Player winner, std::uint64_t beginning);
    [[nodiscard]] bool is_before(Player a, Player b) const;

    std::span<RunReader* const> runs_;
    std::size_t leaves_ = 0;
    // The loser of each node and the first bytes of its id; of node 0 the winner of all. The
    // children of node n are 2n and 2n + 1, and run i plays first at (leaves + i) / 2. In two
    // lists: pairs would be moved as one right after their halves were written, for which the
    // processor waits.
    std::vector<Player> players_;
    std::vector<std::uint64_t> beginnings_;
};

}  // namespace stream_analyzer
