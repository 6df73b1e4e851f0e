// Results of windows in a temporary file: as many as there are, for the memory of a few blocks.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "store/spill_file.hpp"
#include "window/window_table.hpp"

namespace stream_analyzer {

/// A window's row as it is stored: 32 bytes and 8 a sketch.
class StoredWindows final : public WindowTable {
  public:
    /// `sketches`: estimates of a row. `exact`: rows have an exact count.
    StoredWindows(const std::string& folder, std::vector<std::string> lengths, std::size_t sketches,
                  bool exact);

    /// Appends; windows come ordered by length, then start. Not after seal().
    void add(const WindowResult& window);
    /// All rows are there.
    void seal();
    /// Windows that are not complete, by index; the others are.
    void mark_incomplete(std::vector<std::size_t> indices);

    [[nodiscard]] const std::vector<std::string>& lengths() const override { return lengths_; }
    [[nodiscard]] WindowRange range_of(std::size_t length) const override;
    [[nodiscard]] WindowResult at(std::size_t index) const override;

  private:
    struct Page {
        std::uint64_t number = UINT64_MAX;
        std::string bytes;
    };

    // Readers walk forward, some from two places at once; a page serves a thousand rows.
    static constexpr std::size_t kPages = 8;
    static constexpr std::size_t kPage_bytes = std::size_t{64} << 10U;

    [[nodiscard]] const Page& page(std::uint64_t number) const;
    void flush();

    std::vector<std::string> lengths_;
    std::size_t sketches_;
    bool exact_;
    std::size_t row_bytes_;
    std::size_t rows_per_page_;
    std::vector<std::uint64_t> count_;     // windows by length
    std::vector<std::size_t> incomplete_;  // ascending
    std::string buffer_;
    SpillFile file_;
    mutable std::array<Page, kPages> pages_;  // by number modulo kPages; for one thread at a time
};

}  // namespace stream_analyzer
