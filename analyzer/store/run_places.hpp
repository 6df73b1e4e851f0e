// Where a run can be entered, and how windows are shared out by that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "store/run_format.hpp"

namespace stream_analyzer {

/// Where a block of a run begins.
struct BlockPlace {
    std::uint64_t offset_bytes = 0;
    std::uint64_t number = 0;
};

/// A block that begins with the beginning of a window.
struct RunPlace {
    WindowKey window;
    BlockPlace block;
};

/// Windows from `begin` until ahead of `end`; all of them by default.
struct KeyRange {
    WindowKey begin{0, WindowTime::min()};
    WindowKey end{UINT32_MAX, WindowTime::max()};
};

/// Some places of a run, the first among them. No more than kMostPlaces, however long it is: of
/// more every second one is forgotten, again and again.
class RunPlaces {
  public:
    /// Places come in order.
    void add(const RunPlace& place);

    [[nodiscard]] bool empty() const { return places_.empty(); }
    /// From where on the run has to be read for this window and all behind it. Not if empty().
    [[nodiscard]] const BlockPlace& entry(WindowKey window) const;

    [[nodiscard]] std::span<const RunPlace> all() const { return places_; }

    static constexpr std::size_t kMostPlaces = 256;

  private:
    std::vector<RunPlace> places_;
    std::uint64_t seen_ = 0;
    std::uint64_t step_ = 1;
};

/// At most `most` ranges that follow each other and hold all windows of the runs, each about the
/// same number of blocks. Windows of lengths before `first_to_split` are all in the first.
[[nodiscard]] std::vector<KeyRange> split_windows(std::span<const RunPlaces* const> runs,
                                                  std::size_t most, std::uint32_t first_to_split);

}  // namespace stream_analyzer
