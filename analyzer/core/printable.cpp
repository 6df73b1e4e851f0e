#include "core/printable.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace stream_analyzer {

namespace {

/// Length of the control character at the text's beginning; 0 if there is none. Terminals take
/// U+0080 to U+009F for escape sequences as well.
std::size_t control_bytes(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x20 || first == 0x7f) return 1;
    if (first != 0xc2 || text.size() < 2) return 0;
    const auto second = static_cast<unsigned char>(text[1]);
    return second >= 0x80 && second < 0xa0 ? 2 : 0;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        const std::size_t control = control_bytes(text);
        for (std::size_t i = 0; i < control; ++i) {
            shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i]));
        }
        if (control == 0) shown += text.front();
        text.remove_prefix(control == 0 ? 1 : control);
    }
    return shown;
}

bool is_printable(std::string_view text) {
    for (; !text.empty(); text.remove_prefix(1)) {
        if (control_bytes(text) != 0) return false;
    }
    return true;
}

}  // namespace stream_analyzer
