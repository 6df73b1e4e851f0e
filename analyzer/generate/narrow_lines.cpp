#include "generate/narrow_lines.hpp"

namespace stream_analyzer {

NarrowLines::NarrowLines(const GenerateOptions& options)
    : ids_(options.seed),
      text_draws_(options.seed, DrawPurpose::text),
      string_times_ppm_(options.string_times_ppm.value_or(0)) {}

char* NarrowLines::append_record(char* out, const Event& event) const {
    const bool string_time =
        string_times_ppm_ > 0 && text_draws_.at(event.index).below(kWhole_ppm) < string_times_ppm_;
    *out++ = '{';
    out = append_ts(out, event.time_ms, string_time);
    *out++ = ',';
    out = append_uid(out, ids_, event.user);
    *out++ = '}';
    return out;
}

}  // namespace stream_analyzer
