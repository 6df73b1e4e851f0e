#include "cli/number_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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

/// first:last:steps/octave.
std::vector<std::uint64_t> range_in(std::string_view option, const std::string& item,
                                    std::uint64_t least, std::uint64_t most) {
    constexpr std::string_view kPerOctave = "/octave";
    constexpr std::uint64_t kMostSteps = 64;
    const std::size_t first_colon = item.find(':');
    const std::size_t second_colon = item.find(':', first_colon + 1);
    const std::string steps_text =
        second_colon != std::string::npos && item.ends_with(kPerOctave)
            ? item.substr(second_colon + 1, item.size() - kPerOctave.size() - second_colon - 1)
            : "";
    const auto steps = parse_number(steps_text);
    if (!steps || *steps == 0 || *steps > kMostSteps) {
        refuse_value(option, item,
                     fmt::format("a range FIRST:LAST:K/octave with K steps from 1 to {} each time "
                                 "the number doubles, like 1:1e7:16/octave",
                                 kMostSteps));
    }
    const std::uint64_t first = whole_number_in(option, item.substr(0, first_colon), least, most);
    const std::uint64_t last = whole_number_in(
        option, item.substr(first_colon + 1, second_colon - first_colon - 1), least, most);
    if (first > last)
        refuse_value(option, item, "a range that goes up: its first number is larger");
    std::vector<std::uint64_t> range{first};
    for (std::uint64_t step = 1; range.back() < last; ++step) {
        const double exact = static_cast<double>(first) *
                             std::exp2(static_cast<double>(step) / static_cast<double>(*steps));
        const auto number =
            static_cast<std::uint64_t>(std::llround(std::min(exact, static_cast<double>(last))));
        if (number > range.back()) range.push_back(number);
    }
    return range;
}

}  // namespace

std::uint64_t whole_number_in(std::string_view option, const std::string& item, std::uint64_t least,
                              std::uint64_t most) {
    const auto number = scientific_number(item);
    if (!number || *number < least || *number > most) {
        refuse_value(option, item,
                     fmt::format("a whole number from {} to {}, like 45000 or 1e6", least, most));
    }
    return *number;
}

std::vector<std::uint64_t> number_list_in(std::string_view option, const std::string& value,
                                          std::uint64_t least, std::uint64_t most) {
    return list_of(
        value, [&](const std::string& item) { return whole_number_in(option, item, least, most); });
}

std::vector<std::uint64_t> ranges_in(std::string_view option, const std::string& value,
                                     std::uint64_t least, std::uint64_t most) {
    std::vector<std::uint64_t> numbers;
    (void)list_of(value, [&](const std::string& item) {
        const auto some = item.find(':') == std::string::npos
                              ? std::vector{whole_number_in(option, item, least, most)}
                              : range_in(option, item, least, most);
        numbers.insert(numbers.end(), some.begin(), some.end());
        return some.front();
    });
    std::ranges::sort(numbers);
    // Not ranges::unique: clang 14 cannot read the subrange of libstdc++ 12.
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

std::vector<std::uint64_t> size_list_in(std::string_view option, const std::string& value,
                                        std::uint64_t least, std::uint64_t most) {
    return list_of(value,
                   [&](const std::string& item) { return size_in(option, item, least, most); });
}

}  // namespace stream_analyzer
