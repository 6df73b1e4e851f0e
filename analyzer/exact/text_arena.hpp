// Texts that stay where they are put.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace stream_analyzer {

class TextArena {
  public:
    /// A copy that lives as long as this.
    [[nodiscard]] const char* keep(std::string_view text) {
        if (text.size() > left_bytes_) {
            const std::size_t block_bytes = std::max(kBlock_bytes, text.size());
            blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_bytes));
            next_ = blocks_.back().get();
            left_bytes_ = block_bytes;
            bytes_ += block_bytes;
        }
        char* const copy = next_;
        std::copy(text.begin(), text.end(), copy);
        next_ += text.size();
        left_bytes_ -= text.size();
        return copy;
    }

    /// Bytes in use.
    [[nodiscard]] std::size_t memory_bytes() const { return bytes_; }

  private:
    static constexpr std::size_t kBlock_bytes = std::size_t{1} << 20U;

    std::vector<std::unique_ptr<char[]>> blocks_;
    char* next_ = nullptr;
    std::size_t left_bytes_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace stream_analyzer
