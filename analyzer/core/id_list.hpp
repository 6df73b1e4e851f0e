// Many ids in one block of memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stream_analyzer {

class IdList {
  public:
    void add(std::string_view id) {
        bytes_ += id;
        ends_.push_back(bytes_.size());
    }
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    /// Valid until the next add.
    [[nodiscard]] std::string_view operator[](std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return std::string_view(bytes_).substr(begin, ends_[index] - begin);
    }

  private:
    std::string bytes_;
    std::vector<std::size_t> ends_;
};

}  // namespace stream_analyzer
