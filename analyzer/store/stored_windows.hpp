// Results of windows in temporary files: as many as there are, for the memory of a few blocks.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "store/spill_file.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

/// Rows of windows that follow each other, written by one thread: 32 bytes each, and 8 a sketch.
class WindowRows {
  public:
    explicit WindowRows(const std::string& folder) : file_(folder) {}

    /// Appends; windows come ordered by length, then start. Not after seal().
    void add(const WindowResult& window);
    /// All rows are there.
    void seal();

    [[nodiscard]] std::size_t size() const { return size_; }
    /// Windows of the length with this index.
    [[nodiscard]] std::size_t count_of(std::size_t length) const {
        return length < count_.size() ? count_[length] : 0;
    }
    [[nodiscard]] const SpillFile& file() const { return file_; }

  private:
    void flush();

    std::vector<std::size_t> count_;  // by length
    std::size_t size_ = 0;
    std::string buffer_;
    SpillFile file_;
};

/// The table of all rows.
class StoredWindows final : public WindowTable {
  public:
    /// `parts` are sealed, and the windows of each are behind those of the one before. `sketches`:
    /// estimates of a row. `exact`: rows have an exact count.
    StoredWindows(std::vector<std::unique_ptr<WindowRows>> parts, std::vector<std::string> lengths,
                  std::size_t sketches, bool exact);

    /// Windows that are not complete, by index; the others are.
    void mark_incomplete(std::vector<std::size_t> indices);

    [[nodiscard]] const std::vector<std::string>& lengths() const override { return lengths_; }
    [[nodiscard]] WindowRange range_of(std::size_t length) const override;
    [[nodiscard]] WindowResult at(std::size_t index) const override;

  private:
    struct Page {
        std::size_t part = SIZE_MAX;
        std::uint64_t number = 0;
        std::string bytes;
    };

    // Readers walk forward, some from two places at once; a page serves a thousand rows.
    static constexpr std::size_t kPages = 8;
    static constexpr std::size_t kPage_bytes = std::size_t{64} << 10U;

    [[nodiscard]] std::string_view row(std::size_t index) const;

    std::vector<std::unique_ptr<WindowRows>> parts_;
    std::vector<std::size_t> part_ends_;  // indices of rows
    std::vector<std::string> lengths_;
    std::size_t sketches_;
    bool exact_;
    std::size_t row_bytes_;
    std::size_t rows_per_page_;
    std::vector<std::size_t> count_;          // windows by length
    std::vector<std::size_t> incomplete_;     // ascending
    mutable std::array<Page, kPages> pages_;  // for one thread at a time
};

}  // namespace stream_analyzer
