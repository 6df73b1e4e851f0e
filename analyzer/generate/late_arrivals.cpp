#include "generate/late_arrivals.hpp"

#include <algorithm>

namespace stream_analyzer {

LateArrivals::LateArrivals(const GenerateOptions& options)
    : draws_(options.seed, DrawPurpose::lateness),
      late_share_ppm_(options.late_share_ppm),
      late_tail_ppm_(options.late_tail_ppm),
      late_max_s_(options.late_max_s) {}

std::uint64_t LateArrivals::lateness_s(std::uint64_t event_index) const {
    if (late_share_ppm_ + late_tail_ppm_ == 0) return 0;
    Draws draws = draws_.at(event_index);
    const std::uint64_t lot = draws.below(kWhole_ppm);
    if (lot < late_tail_ppm_) {
        // Pareto with exponent 1 by inversion: with u even in (0, 1], 1/u exceeds x with
        // probability 1/x. Here u = (draw + 1) / 2^32; the product stays below 2^49.
        constexpr std::uint64_t kSteps = std::uint64_t{1} << 32U;
        const std::uint64_t lateness = late_max_s_ * kSteps / (draws.below(kSteps) + 1);
        return std::clamp(lateness, late_max_s_ + 1, kLateTailMax_s);
    }
    if (lot < late_tail_ppm_ + late_share_ppm_) return 1 + draws.below(late_max_s_);
    return 0;
}

void LateArrivals::hold_back(const Event& event, std::uint64_t lateness_s) {
    held_back_.push({event.time_ms + static_cast<std::int64_t>(lateness_s * 1'000), event});
    ++late_;
}

std::optional<Event> LateArrivals::arriving_before(std::int64_t now_ms) {
    if (held_back_.empty() || held_back_.top().due_ms >= now_ms) return std::nullopt;
    return next_held_back();
}

std::optional<Event> LateArrivals::next_held_back() {
    if (held_back_.empty()) return std::nullopt;
    const Event event = held_back_.top().event;
    held_back_.pop();
    return event;
}

}  // namespace stream_analyzer
