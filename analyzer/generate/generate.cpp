#include "generate/generate.hpp"

#include <utility>
#include <variant>
#include <vector>

#include "generate/bad_lines.hpp"
#include "generate/event_source.hpp"
#include "generate/late_arrivals.hpp"
#include "generate/narrow_lines.hpp"
#include "generate/nested_lines.hpp"
#include "generate/text_append.hpp"
#include "generate/wide_lines.hpp"

namespace stream_analyzer {

namespace {

// One write(2) hands over this much: large against the cost of a call, small against the caches.
constexpr std::size_t kBuffer_bytes = std::size_t{256} << 10U;

using LineWriter = std::variant<WideLines, NarrowLines, NestedLines>;

LineWriter make_line_writer(const GenerateOptions& options) {
    switch (options.shape) {
        case DumpShape::narrow:
            return NarrowLines(options);
        case DumpShape::nested:
            return NestedLines(options);
        case DumpShape::wide:
            break;
    }
    return WideLines(options);
}

/// Lines on their way to the sink.
class LineBuffer {
  public:
    LineBuffer(DumpSink& sink, bool crlf)
        : sink_(sink), line_end_(crlf ? "\r\n" : "\n"), bytes_(kBuffer_bytes + kMaxLine_bytes) {}

    /// Where the next line is to be written; room for kMaxLine_bytes.
    [[nodiscard]] char* line_start() { return bytes_.data() + used_; }

    /// Ends the line that was written up to `end`.
    void end_line(char* end) {
        end = append(end, line_end_);
        used_ = static_cast<std::size_t>(end - bytes_.data());
        ++lines_;
        if (used_ >= kBuffer_bytes) flush();
    }

    void flush() {
        if (used_ == 0) return;
        sink_.write({bytes_.data(), used_}, lines_ - flushed_lines_);
        flushed_bytes_ += std::exchange(used_, 0);
        flushed_lines_ = lines_;
    }

    [[nodiscard]] std::uint64_t size_bytes() const { return flushed_bytes_ + used_; }
    [[nodiscard]] std::uint64_t lines() const { return lines_; }

  private:
    DumpSink& sink_;
    std::string_view line_end_;
    std::vector<char> bytes_;
    std::size_t used_ = 0;
    std::uint64_t flushed_bytes_ = 0;
    std::uint64_t lines_ = 0;
    std::uint64_t flushed_lines_ = 0;
};

/// One dump under way.
template <class Events, class Lines>
class DumpMaker {
  public:
    DumpMaker(const GenerateOptions& options, Events& events, const Lines& lines, DumpSink& sink)
        : events_(events),
          lines_(lines),
          late_(options),
          bad_lines_(options),
          windows_(events.user_limit()),
          buffer_(sink, options.crlf),
          size_limit_bytes_(options.size_bytes.value_or(UINT64_MAX)) {}

    DumpTruth make() {
        while (buffer_.size_bytes() < size_limit_bytes_) {
            const std::optional<Event> event = events_.next();
            if (!event) break;
            // The window is counted when the event happens, whenever its record arrives.
            windows_.add(*event);
            while (const auto arrived = late_.arriving_before(event->time_ms))
                put(*arrived);
            if (const std::uint64_t lateness_s = late_.lateness_s(event->index); lateness_s > 0) {
                late_.hold_back(*event, lateness_s);
            } else {
                put(*event);
            }
        }
        while (const auto arrived = late_.next_held_back())
            put(*arrived);
        buffer_.flush();
        return finished();
    }

  private:
    /// A record, and the bad lines that are due behind it.
    void put(const Event& event) {
        buffer_.end_line(lines_.append_record(buffer_.line_start(), event));
        ++truth_.records;
        for (auto due = bad_lines_.due_after(truth_.records); bad_lines_.made() < due;) {
            buffer_.end_line(bad_lines_.append_next(buffer_.line_start(), event, truth_));
        }
    }

    DumpTruth finished() {
        windows_.finish(truth_);
        truth_.bytes = buffer_.size_bytes();
        truth_.lines = buffer_.lines();
        truth_.late = late_.late();
        return std::move(truth_);
    }

    Events& events_;
    const Lines& lines_;
    LateArrivals late_;
    BadLines bad_lines_;
    WindowTruths windows_;
    LineBuffer buffer_;
    std::uint64_t size_limit_bytes_;
    DumpTruth truth_;
};

}  // namespace

DumpTruth generate_dump(const GenerateOptions& options, DumpSink& sink) {
    check(options);
    EventSource source = make_event_source(options);
    const LineWriter writer = make_line_writer(options);
    return std::visit(
        [&](auto& events, const auto& lines) {
            return DumpMaker(options, events, lines, sink).make();
        },
        source, writer);
}

}  // namespace stream_analyzer
