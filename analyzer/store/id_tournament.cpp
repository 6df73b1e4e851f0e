#include "store/id_tournament.hpp"

#include <bit>

namespace stream_analyzer {

void IdTournament::begin(std::span<RunReader* const> runs) {
    runs_ = runs;
    // A power of two: everyone plays as often as others, whoever comes next.
    leaves_ = std::bit_ceil(runs.size());
    players_.assign(leaves_, kNotYet);
    beginnings_.resize(leaves_);
    for (Player run = 0; run < runs.size(); ++run)
        read_and_play(run);
    for (std::size_t leaf = runs.size(); leaf < leaves_; ++leaf)
        play(leaf, kNobody, kNoBeginning);
}

void IdTournament::pass_first() {
    const std::uint64_t beginning = beginnings_[0];
    const RunReader& passed = *runs_[players_[0]];
    read_and_play(players_[0]);
    // Each run has an id once: the passed one is not read again.
    while (beginnings_[0] == beginning && !empty() && first() == passed.passed_id())
        read_and_play(players_[0]);
}

void IdTournament::read_and_play(Player run) {
    if (runs_[run]->next_id()) {
        play(run, run, runs_[run]->id_beginning());
    } else {
        play(run, kNobody, kNoBeginning);
    }
}

void IdTournament::play(std::size_t leaf, Player winner, std::uint64_t beginning) {
    for (std::size_t node = (leaves_ + leaf) / 2; node > 0; node /= 2) {
        const Player other = players_[node];
        const std::uint64_t other_beginning = beginnings_[node];
        if (other == kNotYet) {
            players_[node] = winner;
            beginnings_[node] = beginning;
            return;
        }
        // Who wins cannot be foretold: they change places without a branch, which compilers make of
        // a conditional expression here.
        const bool other_wins =
            other_beginning == beginning ? is_before(other, winner) : other_beginning < beginning;
        const std::uint64_t if_other_wins = other_wins ? ~std::uint64_t{0} : 0;
        const Player player_change = (winner ^ other) & static_cast<Player>(if_other_wins);
        const std::uint64_t beginning_change = (beginning ^ other_beginning) & if_other_wins;
        players_[node] = other ^ player_change;
        beginnings_[node] = other_beginning ^ beginning_change;
        winner ^= player_change;
        beginning ^= beginning_change;
    }
    players_[0] = winner;
    beginnings_[0] = beginning;
}

bool IdTournament::is_before(Player a, Player b) const {
    if (a == kNobody || b == kNobody) return b == kNobody && a != kNobody;
    return runs_[a]->id() < runs_[b]->id();
}

}  // namespace stream_analyzer
