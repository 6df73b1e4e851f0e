// Many sketches of the same ids, built with as little work as possible.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/hash64.hpp"
#include "sketch/sketch.hpp"

namespace stream_analyzer {

/// One sketch of each spec, all of the same set of ids. A sketch that is a fold of a larger one in
/// the set takes hashes itself only while that is less work than folding; the states are the same
/// either way. A hash is mixed once a family.
///
/// One object serves set after set of ids by clear(), which allocates nothing.
class SketchSet {
  public:
    explicit SketchSet(std::span<const SketchSpec> specs);

    void clear();

    /// Says that so many hashes are to come before sketches() is called: spares work that would be
    /// thrown away. May be wrong, and may be left out.
    void expect(std::uint64_t hashes);
    void add_all(std::span<const Hash64> hashes);

    /// The sketches in the order of the specs, with all hashes that were added.
    [[nodiscard]] std::span<Sketch> sketches();

  private:
    struct Member {
        std::optional<std::size_t> larger;  ///< the sketch that it is folded from
        /// Hashes whose entry costs what folding does: one a register or bit of the smaller sketch.
        std::uint64_t fold_hashes = 0;
        std::uint64_t entered = 0;  ///< hashes since the last fold
        bool is_behind = false;     ///< hashes came that it did not take
    };
    struct Family {
        Hash64 salt = 0;
        std::vector<std::size_t> members;
    };

    void find_sources();

    std::vector<Sketch> sketches_;
    std::vector<Member> members_;  // parallel to sketches_
    std::vector<Family> families_;
    std::vector<std::size_t> by_size_;  // the largest first
};

}  // namespace stream_analyzer
