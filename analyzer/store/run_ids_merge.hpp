// The ids of several runs, each once; and whether some share their hash.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/id_twins.hpp"
#include "store/key_tournament.hpp"
#include "store/run_ids.hpp"

namespace stream_analyzer {

/// Reads a shard of all runs side by side and compares the texts of ids with the same key: where
/// they are equal, as they are but by an accident, keys may stand for ids from then on.
class RunIdsMerge {
  public:
    /// The number of a run is its index. Null stands for one that has no ids in the shard.
    explicit RunIdsMerge(std::vector<std::unique_ptr<RunIdsReader>> runs);

    /// Goes to the next key of any run. False behind the last.
    [[nodiscard]] bool next();
    [[nodiscard]] PlaceKey key() const { return key_; }
    /// The texts of the ids with that key, ascending; valid until next() is called, and
    /// RunIdsCoder::kPadding_bytes may be read from where each begins.
    [[nodiscard]] std::span<const std::string_view> texts() const { return texts_; }

    /// What was found so far; not sorted.
    [[nodiscard]] const IdTwins& twins() const { return twins_; }

  private:
    // An id of the key: whose, and which of the texts.
    struct Member {
        std::uint32_t run = 0;
        std::uint32_t twin = 0;
        std::size_t text = 0;
    };

    void pass_first();
    void take_member(std::uint32_t run);
    void hold(std::string_view text);
    void number_twins();

    std::vector<std::unique_ptr<RunIdsReader>> runs_;
    KeyTournament tournament_;
    PlaceKey key_ = 0;
    std::vector<Member> members_;
    std::vector<std::string> held_;  // texts, and what was held for earlier keys
    std::vector<std::string_view> texts_;
    IdTwins twins_;
};

}  // namespace stream_analyzer
