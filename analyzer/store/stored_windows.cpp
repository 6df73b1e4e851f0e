#include "store/stored_windows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "store/byte_codec.hpp"

namespace stream_analyzer {

namespace {

// What is collected before it is written.
constexpr std::size_t kWritten_bytes = std::size_t{64} << 10U;

constexpr std::size_t kNumbers_bytes = 4 * sizeof(std::uint64_t);

const std::string kName = "the file of results";

}  // namespace

void WindowRows::add(const WindowResult& window) {
    ByteWriter out(buffer_);
    out.u64(static_cast<std::uint64_t>(window.start.time_since_epoch().count()));
    out.u64(window.records);
    out.u64(window.exact.value_or(0));
    out.u64(window.exact_bytes.value_or(0));
    for (const SketchEstimate& estimate : window.estimates) {
        out.real(estimate.saturated ? std::numeric_limits<double>::quiet_NaN() : estimate.value);
    }
    if (window.length >= count_.size()) count_.resize(window.length + 1);
    ++count_[window.length];
    ++size_;
    if (buffer_.size() >= kWritten_bytes) flush();
}

void WindowRows::flush() {
    file_.write(buffer_);
    buffer_.clear();
}

void WindowRows::seal() {
    flush();
    buffer_.shrink_to_fit();
}

StoredWindows::StoredWindows(std::vector<std::unique_ptr<WindowRows>> parts,
                             std::vector<std::string> lengths, std::size_t sketches, bool exact)
    : parts_(std::move(parts)),
      lengths_(std::move(lengths)),
      sketches_(sketches),
      exact_(exact),
      row_bytes_(kNumbers_bytes + sketches * sizeof(double)),
      rows_per_page_(std::max<std::size_t>(kPage_bytes / row_bytes_, 1)),
      count_(lengths_.size()) {
    std::size_t rows = 0;
    for (const auto& part : parts_) {
        rows += part->size();
        part_ends_.push_back(rows);
        for (std::size_t length = 0; length < lengths_.size(); ++length)
            count_[length] += part->count_of(length);
    }
}

void StoredWindows::mark_incomplete(std::vector<std::size_t> indices) {
    incomplete_ = std::move(indices);
    std::ranges::sort(incomplete_);
}

WindowRange StoredWindows::range_of(std::size_t length) const {
    const auto end = count_.begin() + static_cast<std::ptrdiff_t>(length);
    return {.first = std::accumulate(count_.begin(), end, std::size_t{0}), .size = *end};
}

std::string_view StoredWindows::row(std::size_t index) const {
    const auto end = std::ranges::upper_bound(part_ends_, index);
    if (end == part_ends_.end()) throw std::out_of_range("no such window");
    const auto part = static_cast<std::size_t>(end - part_ends_.begin());
    const std::size_t row = index - (part == 0 ? 0 : part_ends_[part - 1]);
    const std::uint64_t number = row / rows_per_page_;
    Page& page = pages_[(part + number) % kPages];
    if (page.part != part || page.number != number) {
        const std::size_t page_bytes = rows_per_page_ * row_bytes_;
        page.bytes.resize(page_bytes);
        page.part = part;
        page.number = number;
        page.bytes.resize(parts_[part]->file().read_at(number * page_bytes, page.bytes));
    }
    const std::string_view bytes = page.bytes;
    return bytes.substr(std::min(bytes.size(), row % rows_per_page_ * row_bytes_));
}

WindowResult StoredWindows::at(std::size_t index) const {
    WindowResult window;
    WindowRange range = range_of(0);
    while (index >= range.first + range.size) {
        if (window.length + 1 == lengths_.size()) throw std::out_of_range("no such window");
        range = range_of(++window.length);
    }
    window.complete = !std::ranges::binary_search(incomplete_, index);
    ByteReader in(row(index), kName);
    window.start = WindowTime{std::chrono::seconds{static_cast<std::int64_t>(in.u64())}};
    window.records = in.u64();
    const std::uint64_t exact = in.u64();
    const std::uint64_t exact_bytes = in.u64();
    if (exact_) {
        window.exact = exact;
        window.exact_bytes = exact_bytes;
    }
    window.estimates.reserve(sketches_);
    for (std::size_t sketch = 0; sketch < sketches_; ++sketch) {
        const double value = in.real();
        window.estimates.push_back(std::isnan(value)
                                       ? SketchEstimate{.value = 0, .saturated = true}
                                       : SketchEstimate{.value = value, .saturated = false});
    }
    return window;
}

}  // namespace stream_analyzer
