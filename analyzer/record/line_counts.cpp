#include "record/line_counts.hpp"

#include <numeric>

namespace stream_analyzer {

std::uint64_t LineCounts::all_rejects() const {
    return std::accumulate(rejects.begin(), rejects.end(), std::uint64_t{0});
}

LineCounts& LineCounts::operator+=(const LineCounts& other) {
    lines += other.lines;
    records += other.records;
    blank += other.blank;
    filtered += other.filtered;
    anonymous += other.anonymous;
    for (std::size_t reason = 0; reason < kRejectReasons; ++reason) {
        rejects[reason] += other.rejects[reason];
    }
    return *this;
}

}  // namespace stream_analyzer
