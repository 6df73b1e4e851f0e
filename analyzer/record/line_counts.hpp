// What became of the lines.
#pragma once

#include <array>
#include <cstdint>

#include "record/reject.hpp"

namespace stream_analyzer {

/// lines = records + blank + filtered + anonymous + rejects, always. Anonymous records that
/// --null-id count lets in are counted as `records` too and not here.
struct LineCounts {
    std::uint64_t lines = 0;
    std::uint64_t records = 0;
    std::uint64_t blank = 0;
    std::uint64_t filtered = 0;
    std::uint64_t anonymous = 0;
    std::array<std::uint64_t, kRejectReasons> rejects{};  ///< by RejectReason

    [[nodiscard]] std::uint64_t all_rejects() const;
    LineCounts& operator+=(const LineCounts& other);
    friend bool operator==(const LineCounts&, const LineCounts&) = default;
};

}  // namespace stream_analyzer
