// Random access to the bytes of a file, a stretch at a time.
#pragma once

#include <cstdint>
#include <string_view>

namespace stream_analyzer {

/// What line_cut needs of a backend. Used by one thread.
class RangeText {
  public:
    RangeText() = default;
    RangeText(const RangeText&) = delete;
    RangeText& operator=(const RangeText&) = delete;
    virtual ~RangeText() = default;

    /// The bytes [begin, end) of the file. Bytes asked for since the last restart() may be asked
    /// for again; views are valid until the next call of either function. `begin` must not lie
    /// before the first byte asked for since restart(). Throws EnvironmentError when reading fails
    /// or the file has become shorter.
    [[nodiscard]] virtual std::string_view view(std::uint64_t begin, std::uint64_t end) = 0;

    /// Lets go of everything: the next view may begin anywhere.
    virtual void restart() = 0;
};

}  // namespace stream_analyzer
