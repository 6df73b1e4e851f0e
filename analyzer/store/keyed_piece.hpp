// A piece of a window with keys instead of ids: see run_format.hpp.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exact/place_key.hpp"
#include "store/byte_codec.hpp"

namespace stream_analyzer {

/// What an id needs in a piece at most.
inline constexpr std::size_t kMostKeyedId_bytes = sizeof(PlaceKey) + sizeof(IdMark) + 10;

/// Collects keys.
class KeyedPiece {
  public:
    [[nodiscard]] bool empty() const { return keys_.empty(); }
    [[nodiscard]] std::size_t size_bytes() const {
        return keys_.size() * (sizeof(PlaceKey) + sizeof(IdMark)) + odd_.size();
    }

    /// No mark is kOddMark.
    void add(std::span<const PlaceKey> keys, std::span<const IdMark> marks) {
        keys_.insert(keys_.end(), keys.begin(), keys.end());
        marks_.insert(marks_.end(), marks.begin(), marks.end());
    }
    void add(const KeyedId& id) {
        keys_.push_back(id.key);
        marks_.push_back(id.is_odd() ? kOddMark : static_cast<IdMark>(id.length));
        if (!id.is_odd()) return;
        ByteWriter out(odd_);
        out.varint(id.length);
        out.varint(id.twin);
    }

    /// take(bytes) is called with what is to be stored, part by part.
    template <typename Take>
    void hand_over(Take take) const {
        std::string count;
        ByteWriter(count).varint(keys_.size());
        take(std::string_view(count));
        take(bytes_of(std::span(keys_)));
        take(bytes_of(std::span(marks_)));
        take(std::string_view(odd_));
    }

    void clear() {
        keys_.clear();
        marks_.clear();
        odd_.clear();
    }

  private:
    template <typename Value>
    static std::string_view bytes_of(std::span<const Value> values) {
        return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
    }

    std::vector<PlaceKey> keys_;
    std::vector<IdMark> marks_;
    std::string odd_;  // lengths and twins, where the mark does not say them
};

/// Ids in the order of their keys, as they are stored.
struct KeyedIds {
    const char* keys = nullptr;
    const char* marks = nullptr;
    std::size_t size = 0;
    std::string_view odd;

    [[nodiscard]] PlaceKey key(std::size_t index) const {
        PlaceKey key = 0;
        std::memcpy(&key, keys + index * sizeof key, sizeof key);
        return key;
    }
    [[nodiscard]] IdMark mark(std::size_t index) const { return static_cast<IdMark>(marks[index]); }
};

}  // namespace stream_analyzer
