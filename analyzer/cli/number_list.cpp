#include "cli/number_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "cli/option_value.hpp"

namespace stream_analyzer {

namespace {

/// The digits before and after the point, moved by the exponent: exact, or nothing.
std::optional<std::uint64_t> scientific_number(const std::string& text) {
    const std::size_t e = text.find_first_of("eE");
    if (e == std::string::npos) return parse_number(text);
    // A 64-bit number has at most 20 digits.
    const auto exponent = parse_number(text.substr(e + 1));
    if (!exponent || *exponent > 19) return std::nullopt;
    return parse_decimal(text.substr(0, e), static_cast<unsigned>(*exponent));
}

template <typename ReadItem>
std::vector<std::uint64_t> list_of(const std::string& value, ReadItem read_item) {
    std::vector<std::uint64_t> list;
    std::size_t begin = 0;
    while (begin <= value.size()) {
        const std::size_t end = std::min(value.find(',', begin), value.size());
        list.push_back(read_item(value.substr(begin, end - begin)));
        begin = end + 1;
    }
    return list;
}

}  // namespace

std::vector<std::uint64_t> number_list_in(std::string_view option, const std::string& value,
                                          std::uint64_t least, std::uint64_t most) {
    return list_of(value, [&](const std::string& item) {
        const auto number = scientific_number(item);
        if (!number || *number < least || *number > most) {
            refuse_value(
                option, item,
                fmt::format("a whole number from {} to {}, like 45000 or 1e6", least, most));
        }
        return *number;
    });
}

std::vector<std::uint64_t> size_list_in(std::string_view option, const std::string& value,
                                        std::uint64_t least, std::uint64_t most) {
    return list_of(value,
                   [&](const std::string& item) { return size_in(option, item, least, most); });
}

}  // namespace stream_analyzer
