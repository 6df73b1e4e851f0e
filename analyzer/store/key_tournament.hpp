// The smallest of the keys at which several runs stand.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "exact/place_key.hpp"

namespace stream_analyzer {

/// A tree of losers (Knuth, The Art of Computer Programming 3, 5.4.1), in which a key plays once
/// for each doubling of the players. Of equal keys the one of the first player comes first.
class KeyTournament {
  public:
    using Player = std::uint32_t;

    /// Of so many players, at least one; first_key(player, key) sets the first key of each, or
    /// returns false if it has none.
    template <typename FirstKey>
    void begin(std::size_t players, FirstKey first_key) {
        // A power of two: everyone plays as often as others, whoever comes next.
        leaves_ = std::bit_ceil(players);
        players_.assign(leaves_, kNotYet);
        keys_.resize(leaves_);
        for (std::size_t leaf = 0; leaf < leaves_; ++leaf) {
            PlaceKey key = kNoKey;
            const bool has_key = leaf < players && first_key(static_cast<Player>(leaf), key);
            play(leaf, has_key ? static_cast<Player>(leaf) : kNobody, key);
        }
    }

    /// No player has a key.
    [[nodiscard]] bool empty() const { return players_[0] == kNobody; }
    /// The first of all.
    [[nodiscard]] Player player() const { return players_[0]; }
    [[nodiscard]] PlaceKey key() const { return keys_[0]; }
    /// And somebody has that key.
    [[nodiscard]] bool stands_at(PlaceKey key) const { return keys_[0] == key && !empty(); }

    /// The first player's next key, which is no smaller.
    void replace(PlaceKey key) { play(players_[0], players_[0], key); }
    /// The first player has no more keys.
    void drop() { play(players_[0], kNobody, kNoKey); }

  private:
    static constexpr Player kNobody = UINT32_MAX;      // instead of a player that has no key
    static constexpr Player kNotYet = UINT32_MAX - 1;  // who comes first waits for another

    static constexpr PlaceKey kNoKey = UINT64_MAX;  // a key too; players tell

    // `winner` is whom the leaf has.
    void play(std::size_t leaf, Player winner, PlaceKey key) {
        for (std::size_t node = (leaves_ + leaf) / 2; node > 0; node /= 2) {
            const Player other = players_[node];
            const PlaceKey other_key = keys_[node];
            if (other == kNotYet) {
                players_[node] = winner;
                keys_[node] = key;
                return;
            }
            // Who wins cannot be foretold: they change places without a branch, which compilers
            // make of a conditional expression here.
            const bool other_wins = other_key == key ? other < winner : other_key < key;
            const std::uint64_t if_other_wins = other_wins ? ~std::uint64_t{0} : 0;
            const Player player_change = (winner ^ other) & static_cast<Player>(if_other_wins);
            const PlaceKey key_change = (key ^ other_key) & if_other_wins;
            players_[node] = other ^ player_change;
            keys_[node] = other_key ^ key_change;
            winner ^= player_change;
            key ^= key_change;
        }
        players_[0] = winner;
        keys_[0] = key;
    }

    std::size_t leaves_ = 0;
    // The loser of each node and its key; of node 0 the winner of all. The children of node n are
    // 2n and 2n + 1, and player i plays first at (leaves + i) / 2. In two lists: pairs would be
    // moved as one right after their halves were written, for which the processor waits.
    std::vector<Player> players_;
    std::vector<PlaceKey> keys_;
};

}  // namespace stream_analyzer
