#include "record/line_layout.hpp"

#include <algorithm>
#include <cstring>

#include "record/token_bytes.hpp"

namespace stream_analyzer {

namespace {

// Writes a layout token by token.
class LayoutWriter {
  public:
    LayoutWriter(const char* line, std::size_t line_bytes, LineLayout& layout)
        : line_(line), layout_(layout) {
        layout_.line_bytes = line_bytes;
        std::memcpy(layout_.lowest.data(), line, line_bytes);
        std::fill(layout_.range.begin() + static_cast<std::ptrdiff_t>(line_bytes),
                  layout_.range.end(), '\xff');
    }

    // The value in front of `end`.
    void vary(std::size_t begin, std::size_t end) {
        if (line_[begin] == '"') {
            vary_string(begin + 1, end - 1);
        } else if (std::all_of(line_ + begin, line_ + end, is_digit) &&
                   (line_[begin] != '0' || end - begin == 1)) {
            vary_number(begin, end);
        }
    }

    [[nodiscard]] bool repeats_backslash() const {
        for (std::size_t at = 0; at < layout_.line_bytes; ++at) {
            if (layout_.range[at] == 0 && layout_.lowest[at] == '\\') return true;
        }
        return false;
    }

  private:
    [[nodiscard]] static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    void vary_string(std::size_t begin, std::size_t end) {
        for (std::size_t at = begin; at < end; ++at) {
            allow(at, 0x20, 0x7f);
            layout_.in_string[at / LineLayout::kBlock_bytes] |= std::uint64_t{1}
                                                                << (at % LineLayout::kBlock_bytes);
        }
    }

    // A number of several digits begins with none of zero.
    void vary_number(std::size_t begin, std::size_t end) {
        for (std::size_t at = begin; at < end; ++at)
            allow(at, at == begin && end - begin > 1 ? '1' : '0', '9');
    }

    void allow(std::size_t at, char first, char last) {
        layout_.lowest[at] = first;
        layout_.range[at] = static_cast<char>(last - first);
    }

    const char* line_;
    LineLayout& layout_;
};

}  // namespace

void LineLayouts::learn(const char* run, const TokenIndex& index, const LineBatch& lines) {
    if (lines.size() == 0 || lines.shape(0) != LineShape::good) return;
    const auto line_bytes = static_cast<std::size_t>(lines.line_end(0) - run) + 1;
    if (line_bytes > LineLayout::kMost_bytes) return;

    LineLayout layout;
    LayoutWriter writer(run, line_bytes, layout);
    for (std::size_t token = 0; index.bytes[token] != '\n'; ++token) {
        const char first = index.bytes[token];
        const bool is_key = first == '"' && index.bytes[token + 1] == ':';
        if (is_key || (kind_of(first) & kPlainValue) == 0) continue;
        const std::size_t begin = index.offsets[token];
        const char* const end = behind_last_byte(run + begin, run + index.offsets[token + 1]);
        writer.vary(begin, static_cast<std::size_t>(end - run));
    }
    if (writer.repeats_backslash()) return;
    for (std::size_t slot = 0; slot < lines.slots(); ++slot)
        layout.places[slot] = lines.place(0, slot);

    std::uint8_t& number = by_length_[line_bytes];
    if (number == 0) {
        layouts_.emplace_back();
        number = static_cast<std::uint8_t>(layouts_.size());
    }
    newest_ = number - std::size_t{1};
    layouts_[newest_] = layout;
}

}  // namespace stream_analyzer
