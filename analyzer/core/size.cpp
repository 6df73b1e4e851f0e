#include "core/size.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace stream_analyzer {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t bytes;
};

// Printed units first in each size class: format_size takes the first that divides.
constexpr std::array kUnits{
    Unit{"TiB", 1ULL << 40U}, Unit{"TB", 1'000'000'000'000ULL},
    Unit{"GiB", 1ULL << 30U}, Unit{"GB", 1'000'000'000ULL},
    Unit{"MiB", 1ULL << 20U}, Unit{"MB", 1'000'000ULL},
    Unit{"KiB", 1ULL << 10U}, Unit{"KB", 1'000ULL},
    Unit{"B", 1ULL},
};

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::optional<std::uint64_t> unit_bytes(std::string_view name) {
    if (name.empty()) return 1;
    for (const Unit& unit : kUnits) {
        const bool is_binary = unit.name.size() == 3;
        if (equal_ignoring_case(name, unit.name)) return unit.bytes;
        if (is_binary && equal_ignoring_case(name, unit.name.substr(0, 1))) return unit.bytes;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
    const std::size_t number_end = std::min(text.find_first_not_of("0123456789."), text.size());
    const std::string_view number = text.substr(0, number_end);
    std::string_view name = text.substr(number_end);
    if (name.starts_with(' ')) name.remove_prefix(1);
    const auto unit = unit_bytes(name);
    if (!unit || number.empty() || number.front() == '.' || number.back() == '.') {
        return std::nullopt;
    }

    // Digits and unit stay integers: value = digits * unit / 10^decimals, exactly or not at all.
    __extension__ using Wide = unsigned __int128;
    Wide digits = 0;
    Wide scale = 1;
    bool in_fraction = false;
    for (const char c : number) {
        if (c == '.') {
            if (in_fraction) return std::nullopt;
            in_fraction = true;
            continue;
        }
        digits = digits * 10 + static_cast<unsigned>(c - '0');
        if (in_fraction) scale *= 10;
        if (digits > UINT64_MAX || scale > UINT64_MAX) return std::nullopt;
    }
    const Wide value = digits * *unit;
    if (value % scale != 0 || value / scale > UINT64_MAX) return std::nullopt;
    return static_cast<std::uint64_t>(value / scale);
}

std::string format_size(std::uint64_t size_bytes) {
    for (const Unit& unit : kUnits) {
        if (size_bytes >= unit.bytes && size_bytes % unit.bytes == 0) {
            return fmt::format("{}{}", size_bytes / unit.bytes, unit.name);
        }
    }
    return "0B";
}

}  // namespace stream_analyzer
