// The two fields as members of the root object: "ts":1468244385 and "uid":"9bfcae2f7c3a4ec2add".
#pragma once

#include <chrono>

#include "generate/event_source.hpp"
#include "generate/text_append.hpp"
#include "generate/user_id.hpp"

namespace stream_analyzer {

/// Whole seconds since 1970, floored.
[[nodiscard]] inline std::int64_t seconds_of(std::int64_t time_ms) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds{time_ms}).count();
}

[[nodiscard]] inline char* append_ts(char* out, std::int64_t time_ms, bool as_string) {
    out = append(out, as_string ? R"("ts":")" : R"("ts":)");
    out = append_number(out, seconds_of(time_ms));
    if (as_string) *out++ = '"';
    return out;
}

[[nodiscard]] inline char* append_uid(char* out, const UserIds& ids, std::uint64_t user) {
    out = append(out, R"("uid":")");
    out = ids.append(out, user);
    *out++ = '"';
    return out;
}

}  // namespace stream_analyzer
