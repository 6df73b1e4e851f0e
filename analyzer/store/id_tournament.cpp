#include "store/id_tournament.hpp"

namespace stream_analyzer {

void IdTournament::begin(std::span<RunReader* const> runs) {
    runs_ = runs;
    players_.assign(runs.size(), kNotYet);
    beginnings_.resize(runs.size());
    for (Player run = 0; run < runs.size(); ++run)
        read_and_play(run);
}

void IdTournament::pass_first() {
    const std::uint64_t beginning = beginnings_[0];
    passed_id_.assign(first());
    do {
        read_and_play(players_[0]);
    } while (beginnings_[0] == beginning && !empty() && first() == passed_id_);
}

void IdTournament::read_and_play(Player run) {
    Player winner = kNobody;
    std::uint64_t beginning = UINT64_MAX;
    if (runs_[run]->next_id()) {
        winner = run;
        beginning = runs_[run]->id_beginning();
    }
    for (std::size_t node = (runs_.size() + run) / 2; node > 0; node /= 2) {
        const Player other = players_[node];
        const std::uint64_t other_beginning = beginnings_[node];
        if (other == kNotYet) {
            players_[node] = winner;
            beginnings_[node] = beginning;
            return;
        }
        const bool other_wins =
            other_beginning == beginning ? is_before(other, winner) : other_beginning < beginning;
        players_[node] = other_wins ? winner : other;
        beginnings_[node] = other_wins ? beginning : other_beginning;
        winner = other_wins ? other : winner;
        beginning = other_wins ? other_beginning : beginning;
    }
    players_[0] = winner;
    beginnings_[0] = beginning;
}

bool IdTournament::is_before(Player a, Player b) const {
    if (a == kNobody || b == kNobody) return b == kNobody && a != kNobody;
    return runs_[a]->id() < runs_[b]->id();
}

}  // namespace stream_analyzer
