// The challenge's dump: records of about 2 KB, the two fields anywhere in the root object.
#pragma once

#include "generate/flat_record.hpp"
#include "generate/wide_members.hpp"

namespace stream_analyzer {

class WideLines {
  public:
    explicit WideLines(const GenerateOptions& options);

    /// Writes the event's line without its end; returns the end of what was written.
    [[nodiscard]] char* append_record(char* out, const Event& event) const;

  private:
    UserIds ids_;
    WideMembers members_;
    DrawStreams text_draws_;
    std::uint32_t string_times_ppm_;
    std::uint64_t target_bytes_;
};

}  // namespace stream_analyzer
