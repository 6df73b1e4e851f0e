// The results of all windows, wherever they are kept.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "window/window_result.hpp"

namespace stream_analyzer {

/// Indexes first .. first + size - 1 of a WindowTable.
struct WindowRange {
    std::size_t first = 0;
    std::size_t size = 0;
};

/// Windows ordered by length (--window first, then the roll-ups as given), then by start. Only
/// windows with records are present. For one thread at a time: a table that does not lie in memory
/// reads as it is asked, best in ascending order.
class WindowTable {
  public:
    WindowTable() = default;
    WindowTable(const WindowTable&) = delete;
    WindowTable& operator=(const WindowTable&) = delete;
    WindowTable(WindowTable&&) = delete;
    WindowTable& operator=(WindowTable&&) = delete;
    virtual ~WindowTable() = default;

    /// Labels: "1m", "1h", "1mo", ...
    [[nodiscard]] virtual const std::vector<std::string>& lengths() const = 0;
    /// The windows of one length (an index into lengths()).
    [[nodiscard]] virtual WindowRange range_of(std::size_t length) const = 0;
    [[nodiscard]] virtual WindowResult at(std::size_t index) const = 0;

    [[nodiscard]] std::size_t size() const {
        if (lengths().empty()) return 0;
        const WindowRange last = range_of(lengths().size() - 1);
        return last.first + last.size;
    }
};

/// A table in memory that is borrowed.
class ViewedWindows final : public WindowTable {
  public:
    explicit ViewedWindows(const WindowedCounts& counts) : counts_(counts) {}

    [[nodiscard]] const std::vector<std::string>& lengths() const override {
        return counts_.lengths;
    }
    [[nodiscard]] WindowRange range_of(std::size_t length) const override;
    [[nodiscard]] WindowResult at(std::size_t index) const override {
        return counts_.windows.at(index);
    }

  private:
    const WindowedCounts& counts_;
};

/// A table in memory.
class HeldWindows final : public WindowTable {
  public:
    explicit HeldWindows(WindowedCounts counts) : counts_(std::move(counts)), view_(counts_) {}

    [[nodiscard]] const std::vector<std::string>& lengths() const override {
        return counts_.lengths;
    }
    [[nodiscard]] WindowRange range_of(std::size_t length) const override {
        return view_.range_of(length);
    }
    [[nodiscard]] WindowResult at(std::size_t index) const override { return view_.at(index); }

  private:
    WindowedCounts counts_;
    ViewedWindows view_;
};

}  // namespace stream_analyzer
