#include "input/line_cut.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "catch2.hpp"

using namespace stream_analyzer;

namespace {

/// Brings its stretch in anew whenever more is asked for, as a mapping does, and counts the bytes.
class CountingText : public RangeText {
  public:
    explicit CountingText(std::string_view text) : text_(text) {}

    [[nodiscard]] std::string_view view(std::uint64_t begin, std::uint64_t end) override {
        if (end_ == 0) begin_ = begin;
        if (end > end_) {
            end_ = end;
            brought_in_bytes_ += end_ - begin_;
        }
        return text_.substr(begin, end - begin);
    }
    void restart() override { end_ = 0; }

    [[nodiscard]] std::uint64_t brought_in_bytes() const { return brought_in_bytes_; }

  private:
    std::string_view text_;
    std::uint64_t begin_ = 0;
    std::uint64_t end_ = 0;
    std::uint64_t brought_in_bytes_ = 0;
};

}  // namespace

TEST_CASE("following a long line is linear in its length") {
    const std::string line(std::size_t{64} << 20U, 'x');
    const Partition partition{.begin_bytes = 0,
                              .end_bytes = line.size(),
                              .share_bytes = std::size_t{64} << 10U,
                              .longest_line_bytes = line.size()};
    CountingText text(line);
    const CutLines lines = cut_lines(text, partition, 0, partition.share_bytes);
    CHECK(lines.end_bytes == line.size());
    CHECK(lines.overlong_line_bytes == 0);
    CHECK(text.brought_in_bytes() < 4 * line.size());
}
