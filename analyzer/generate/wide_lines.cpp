#include "generate/wide_lines.hpp"

#include <algorithm>
#include <utility>

namespace stream_analyzer {

namespace {

// The member that reaches the target closes the record, and is this much too long on average
// (measured over a million records of each of a few seeds).
constexpr std::uint64_t kOvershoot_bytes = 54;

// In three records of four both fields stand near the front, behind up to this many bytes.
constexpr std::uint64_t kNearFront_bytes = 200;

/// Bytes of the record before the first and before the second field, at least.
std::pair<std::uint64_t, std::uint64_t> draw_places(Draws& draws, std::uint64_t target_bytes) {
    const std::uint64_t lot = draws.below(8);
    const std::uint64_t first =
        draws.below(lot < 6 ? std::min(kNearFront_bytes, target_bytes) : target_bytes);
    // The second field follows at once (half of the records), or somewhere behind.
    const std::uint64_t second = lot % 2 == 0 ? first : first + draws.below(target_bytes - first);
    return {first, second};
}

}  // namespace

WideLines::WideLines(const GenerateOptions& options)
    : ids_(options.seed),
      members_(options.seed),
      text_draws_(options.seed, DrawPurpose::text),
      string_times_ppm_(options.string_times_ppm.value_or(kWideStringTimes_ppm)),
      target_bytes_(options.record_bytes - kOvershoot_bytes) {}

char* WideLines::append_record(char* out, const Event& event) const {
    Draws draws = text_draws_.at(event.index);
    const bool string_time = draws.below(kWhole_ppm) < string_times_ppm_;
    const bool ts_first = draws.below(2) == 0;
    const auto [first_place, second_place] = draw_places(draws, target_bytes_);

    const char* const start = out;
    const auto append_field = [&](bool is_ts) {
        out =
            is_ts ? append_ts(out, event.time_ms, string_time) : append_uid(out, ids_, event.user);
        *out++ = ',';
    };
    const auto append_members_up_to = [&](std::uint64_t length) {
        const char* const end = start + length;
        while (out < end) {
            out = append(out, members_.draw(draws));
            *out++ = ',';
        }
    };
    *out++ = '{';
    append_members_up_to(first_place);
    append_field(ts_first);
    append_members_up_to(second_place);
    append_field(!ts_first);
    append_members_up_to(target_bytes_);
    out[-1] = '}';  // in place of the last comma
    return out;
}

}  // namespace stream_analyzer
