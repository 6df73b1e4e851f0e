// Where a dump goes.
#pragma once

#include <cstdint>
#include <string_view>

namespace stream_analyzer {

/// Takes a dump piece by piece.
class DumpSink {
  public:
    DumpSink() = default;
    DumpSink(const DumpSink&) = delete;
    DumpSink& operator=(const DumpSink&) = delete;
    DumpSink(DumpSink&&) = delete;
    DumpSink& operator=(DumpSink&&) = delete;
    virtual ~DumpSink() = default;

    /// `bytes` are `lines` whole lines with their ends, and need not outlive the call. What it
    /// throws ends the dump and reaches the caller of generate_dump.
    virtual void write(std::string_view bytes, std::uint64_t lines) = 0;
};

}  // namespace stream_analyzer
