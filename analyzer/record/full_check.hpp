// Level `full` at simdjson's speed.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace stream_analyzer {

/// Parses whole lines with simdjson's DOM parser, which validates every byte. One object a thread.
class FullCheck {
  public:
    FullCheck();
    ~FullCheck();
    FullCheck(FullCheck&&) noexcept;
    FullCheck& operator=(FullCheck&&) = delete;

    /// True: the line is valid by RFC 8259. False: simdjson refuses it, which says little, since
    /// its DOM refuses some valid JSON too (numbers beyond double and 64 bits, unpaired surrogate
    /// escapes): judge_line decides. kChunkPadding_bytes behind the line must be readable.
    [[nodiscard]] bool accepts(std::string_view line);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace stream_analyzer
