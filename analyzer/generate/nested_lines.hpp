// Web analytics in miniature: the time is /event/time, the id /user/id, and other objects have
// members called time and id as well.
#pragma once

#include "generate/event_source.hpp"
#include "generate/text_append.hpp"
#include "generate/user_id.hpp"

namespace stream_analyzer {

/// "2016-07-11T13:39:00.250Z", with the milliseconds always there.
[[nodiscard]] char* append_iso8601(char* out, std::int64_t time_ms);

class NestedLines {
  public:
    explicit NestedLines(const GenerateOptions& options);

    /// Writes the event's line without its end; returns the end of what was written.
    [[nodiscard]] char* append_record(char* out, const Event& event) const;

  private:
    UserIds ids_;
    DrawStreams text_draws_;
};

}  // namespace stream_analyzer
