// The content of a piece while it is made.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

#include "store/run_format.hpp"

namespace stream_analyzer {

/// A piece has less than a block: there is room for a copy of fixed length wherever it ends.
class PieceBuffer {
  public:
    /// So many bytes may be read from where a padded text begins, whatever its length.
    static constexpr std::size_t kPadding_bytes = 24;

    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::string_view text() const { return {bytes_.get(), size_}; }
    void clear() { size_ = 0; }

    /// At most kMostBlock_bytes in all.
    void append(std::string_view bytes) {
        char* const end = make_room(bytes.size());
        if (!bytes.empty()) std::memcpy(end, bytes.data(), bytes.size());
    }
    /// An entry of an id: what it shares with the one before it, below 0x80, and a padded rest.
    void append_short_entry(std::size_t shared, std::string_view rest) {
        assert(rest.size() <= kPadding_bytes);
        char* const end = make_room(2 + rest.size());
        end[0] = static_cast<char>(shared);
        end[1] = static_cast<char>(rest.size());
        std::memcpy(end + 2, rest.data(), kPadding_bytes);
    }

  private:
    /// Where so many bytes more go.
    [[nodiscard]] char* make_room(std::size_t size) {
        assert(size_ + size <= kMostBlock_bytes);
        if (!bytes_) {
            bytes_ = std::make_unique_for_overwrite<char[]>(kMostBlock_bytes + 2 + kPadding_bytes);
        }
        char* const end = bytes_.get() + size_;
        size_ += size;
        return end;
    }

    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
};

}  // namespace stream_analyzer
