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

constexpr std::size_t kNumbers_bytes = 4 * sizeof(std::uint64_t);

const std::string kName = "the file of results";

}  // namespace

StoredWindows::StoredWindows(const std::string& folder, std::vector<std::string> lengths,
                             std::size_t sketches, bool exact)
    : lengths_(std::move(lengths)),
      sketches_(sketches),
      exact_(exact),
      row_bytes_(kNumbers_bytes + sketches * sizeof(double)),
      rows_per_page_(std::max<std::size_t>(kPage_bytes / row_bytes_, 1)),
      count_(lengths_.size()),
      file_(folder) {}

void StoredWindows::add(const WindowResult& window) {
    ByteWriter out(buffer_);
    out.u64(static_cast<std::uint64_t>(window.start.time_since_epoch().count()));
    out.u64(window.records);
    out.u64(window.exact.value_or(0));
    out.u64(window.exact_bytes.value_or(0));
    for (const SketchEstimate& estimate : window.estimates) {
        out.real(estimate.saturated ? std::numeric_limits<double>::quiet_NaN() : estimate.value);
    }
    ++count_.at(window.length);
    if (buffer_.size() >= kPage_bytes) flush();
}

void StoredWindows::flush() {
    file_.write(buffer_);
    buffer_.clear();
}

void StoredWindows::seal() {
    flush();
    buffer_.shrink_to_fit();
}

void StoredWindows::mark_incomplete(std::vector<std::size_t> indices) {
    incomplete_ = std::move(indices);
    std::ranges::sort(incomplete_);
}

WindowRange StoredWindows::range_of(std::size_t length) const {
    const auto end = count_.begin() + static_cast<std::ptrdiff_t>(length);
    return {.first = std::accumulate(count_.begin(), end, std::size_t{0}), .size = *end};
}

const StoredWindows::Page& StoredWindows::page(std::uint64_t number) const {
    Page& page = pages_[number % kPages];
    if (page.number == number) return page;
    const std::size_t page_bytes = rows_per_page_ * row_bytes_;
    page.bytes.resize(page_bytes);
    page.number = number;
    page.bytes.resize(file_.read_at(number * page_bytes, page.bytes));
    return page;
}

WindowResult StoredWindows::at(std::size_t index) const {
    WindowResult window;
    WindowRange range = range_of(0);
    while (index >= range.first + range.size) {
        if (window.length + 1 == lengths_.size()) throw std::out_of_range("no such window");
        range = range_of(++window.length);
    }
    window.complete = !std::ranges::binary_search(incomplete_, index);
    const std::string_view bytes = page(index / rows_per_page_).bytes;
    ByteReader in(bytes.substr(std::min(bytes.size(), index % rows_per_page_ * row_bytes_)), kName);
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
