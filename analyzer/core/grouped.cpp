#include "core/grouped.hpp"

#include <cstddef>

namespace stream_analyzer {

std::string grouped(std::uint64_t value) {
    return grouped_digits(std::to_string(value));
}

std::string grouped_digits(std::string digits) {
    const std::size_t sign = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = digits.size(); at > sign + 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

}  // namespace stream_analyzer
