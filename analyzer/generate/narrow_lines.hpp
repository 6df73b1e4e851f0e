// {"ts":1468244385,"uid":"9bfcae2f7c3a4ec2add"}: nothing but the two fields.
#pragma once

#include "generate/flat_record.hpp"

namespace stream_analyzer {

class NarrowLines {
  public:
    explicit NarrowLines(const GenerateOptions& options);

    /// Writes the event's line without its end; returns the end of what was written.
    [[nodiscard]] char* append_record(char* out, const Event& event) const;

  private:
    UserIds ids_;
    DrawStreams text_draws_;
    std::uint32_t string_times_ppm_;
};

}  // namespace stream_analyzer
