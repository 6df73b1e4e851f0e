// Survives a mapped file that is cut short while it is read.
#pragma once

#include <cstddef>
#include <cstdint>

namespace stream_analyzer {

/// Watches one range of memory into which a file is mapped. Reading a page that the file no longer
/// has raises SIGBUS, which would end the process; for a watched range the signal's handler maps a
/// page of zeros there and notes it, and reading goes on. For any other address the signal acts as
/// it did before the first guard. The bytes read are void then: ask faulted().
class SigbusGuard {
  public:
    /// Watches [begin, begin + bytes), bytes > 0. Not watching (is_watching() is false) when
    /// kMost ranges are watched already.
    SigbusGuard(const char* begin, std::size_t bytes);
    ~SigbusGuard();
    SigbusGuard(const SigbusGuard&) = delete;
    SigbusGuard& operator=(const SigbusGuard&) = delete;

    [[nodiscard]] bool is_watching() const { return slot_ < kMost; }
    /// Whether a page that overlaps [begin, end) lies between the first and the last that had to be
    /// replaced.
    [[nodiscard]] bool faulted(const char* begin, const char* end) const;

    /// Files that are mapped at the same time: one a thread and the next.
    static constexpr std::size_t kMost = 256;

  private:
    std::size_t slot_ = kMost;
};

}  // namespace stream_analyzer
