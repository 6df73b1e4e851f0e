// Ids on their way into several sketches, hashed in every way that one of these wants.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/hash64.hpp"
#include "sketch/id_hash.hpp"
#include "sketch/sketch.hpp"

namespace stream_analyzer {

/// A block of ids, of which only hashes are kept. Our own hash comes with each id; the text is read
/// only if a sketch of another system is among the specs.
class IdBlock {
  public:
    /// Ids to collect before feed(): their hashes stay in the first-level cache meanwhile.
    static constexpr std::size_t kMost = 1024;

    explicit IdBlock(std::span<const SketchSpec> specs);

    /// Whether a sketch needs the ids' texts.
    [[nodiscard]] bool wants_texts() const { return wants_redis_ || wants_datasketches_; }

    void add(Hash64 hash, std::string_view id) {
        of(IdHash::own).push_back(hash);
        if (wants_texts()) add_text(id);
    }
    /// An id for the sketches of other systems alone.
    void add_text(std::string_view id);

    /// Ids added since clear(), add_text() aside.
    [[nodiscard]] std::size_t size() const { return of(IdHash::own).size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }

    /// Adds the ids to each sketch.
    void feed(std::span<Sketch> sketches) const;
    void clear();

    /// Puts the ids behind `kept`, all hashes of an id together; hashes_per_id() each.
    void append_to(std::vector<Hash64>& kept) const;
    /// Takes them back.
    void add_kept(std::span<const Hash64> kept);
    [[nodiscard]] std::size_t hashes_per_id() const;

  private:
    [[nodiscard]] std::vector<Hash64>& of(IdHash hash) {
        return hashes_[static_cast<std::size_t>(hash)];
    }
    [[nodiscard]] const std::vector<Hash64>& of(IdHash hash) const {
        return hashes_[static_cast<std::size_t>(hash)];
    }

    bool wants_redis_;
    bool wants_datasketches_;
    std::array<std::vector<Hash64>, kIdHashes> hashes_;
};

}  // namespace stream_analyzer
