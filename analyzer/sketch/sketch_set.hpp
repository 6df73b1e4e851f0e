// Many sketches of the same ids, built with as little work as possible.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
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

    /// Whether sketches of other systems are in the set. These take the texts of the same ids, and
    /// only these.
    [[nodiscard]] bool wants_texts() const;
    void add_texts(std::span<const std::string_view> ids, const TextSeeds& seeds = {});

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
    /// Whether a sketch takes so many more ids itself.
    [[nodiscard]] bool takes(std::size_t index, std::size_t ids);

    std::vector<Sketch> sketches_;
    std::vector<Member> members_;   // parallel to sketches_
    std::vector<Family> families_;  // of our own hash
    /// Sketches of other systems by the hash that they take.
    std::array<std::vector<std::size_t>, kIdHashes> by_text_hash_;
    std::vector<std::size_t> by_size_;  // the largest first
    std::vector<std::size_t> takers_;   // scratch: of a family, those that take the ids themselves
};

}  // namespace stream_analyzer
