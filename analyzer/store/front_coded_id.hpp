// An id that is made of the one before it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/first_bytes.hpp"

namespace stream_analyzer {

/// The ids of a window as they are stored: of each the length of the prefix that it shares with the
/// one before it, and the rest. Copies of short ids have a fixed length: no function is called for
/// them, and nothing depends on how long they are.
class FrontCodedId {
  public:
    /// So many bytes may be read from where a rest begins, whatever its length.
    static constexpr std::size_t kPadding_bytes = 32;

    FrontCodedId() = default;
    FrontCodedId(const FrontCodedId&) = delete;
    FrontCodedId& operator=(const FrontCodedId&) = delete;

    /// Empty at first.
    [[nodiscard]] std::string_view text() const { return {text_, size_}; }
    /// first_bytes(text()), at less cost.
    [[nodiscard]] std::uint64_t beginning() const { return beginning_; }
    /// What text() was before the last set().
    [[nodiscard]] std::string_view previous() const { return {previous_, previous_size_}; }

    /// `shared` is at most the size of text().
    void set(std::size_t shared, std::string_view rest) {
        const std::size_t size = shared + rest.size();
        if (size <= kPadding_bytes) {
            std::memcpy(previous_, text_, kPadding_bytes);
            std::memcpy(previous_ + shared, rest.data(), kPadding_bytes);
        } else {
            copy_long(shared, rest);
        }
        std::swap(text_, previous_);
        previous_size_ = size_;
        size_ = size;
        // Not read back from the text: the processor would wait until all pieces of it are written.
        if (shared < sizeof beginning_) {
            const std::uint64_t of_rest = ~std::uint64_t{0} >> (8 * shared);
            beginning_ = (beginning_ & ~of_rest) | first_bytes_of_padded(rest) >> (8 * shared);
        }
    }

    /// Lengthens text().
    void append(std::string_view more);

  private:
    void copy_long(std::size_t shared, std::string_view rest);

    // Room for the text and padding behind it.
    std::array<std::string, 2> rooms_{std::string(2 * kPadding_bytes, '\0'),
                                      std::string(2 * kPadding_bytes, '\0')};
    char* text_ = rooms_[0].data();
    char* previous_ = rooms_[1].data();
    std::size_t size_ = 0;
    std::size_t previous_size_ = 0;
    std::uint64_t beginning_ = 0;
};

}  // namespace stream_analyzer
