// The rejected lines of a chunk, as few bytes as they can be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "record/reject.hpp"

namespace stream_analyzer {

/// A rejected line of a chunk.
struct ListedReject {
    std::uint64_t offset_bytes = 0;  ///< of the line in its source
    std::uint64_t line = 0;          ///< within the chunk, from 0
    RejectReason reason{};
    std::string_view text;
};

/// Rejects in the order of their lines. A dump of nothing but rejects has a million of them in a
/// chunk: each is kept as its text and some four bytes, so that all of them are hardly more than
/// their chunk.
class RejectList {
  public:
    /// `reject` is behind all that are here, in the same source. The text is copied.
    void add(const ListedReject& reject);

    /// Takes the last one back, if it is that of this line. None is added afterwards.
    void drop_last_if(std::uint64_t line);

    /// Calls visit(const ListedReject&) for each, in order; the text lives as long as the list.
    template <typename Visit>
    void for_each(Visit visit) const {
        ListedReject reject;
        for (std::size_t at = 0; at < bytes_.size();)
            visit(read(at, reject));
    }

    [[nodiscard]] std::size_t memory_bytes() const { return bytes_.capacity(); }

  private:
    /// The entry at `at`, which is moved behind it; `reject` is the one before.
    const ListedReject& read(std::size_t& at, ListedReject& reject) const;

    // Entries: offset and line less those of the entry before and the reason as varints, the text
    // with its length.
    std::string bytes_;
    std::uint64_t last_offset_bytes_ = 0;
    std::uint64_t last_line_ = 0;
    std::size_t last_entry_ = 0;  // where it begins
};

}  // namespace stream_analyzer
