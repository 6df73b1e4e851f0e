// Any bytes as a stored part: an error at worst; and what can be read can be written, read and
// merged again.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../store/memory_bytes.hpp"
#include "core/error.hpp"
#include "part_input.hpp"
#include "require.hpp"
#include "store/part_description.hpp"
#include "store/run_merge.hpp"
#include "store/run_writer.hpp"

namespace stream_analyzer::fuzz {

namespace {

using testing::source_of;

/// Sketches are made to merge states; larger ones would only cost time.
constexpr std::size_t kMostStates_bytes = std::size_t{1} << 16U;

std::size_t state_bytes(const RunHead& head) {
    std::size_t bytes = 0;
    for (const SketchSpec& sketch : head.sketches)
        bytes += sketch.memory_bytes();
    return bytes;
}

/// The part written anew, window by window.
std::string rewritten(const std::string& bytes) {
    RunReader part(source_of(bytes));
    StringSink sink;
    RunWriter writer(sink, part.head());
    std::string states;
    while (part.next_window()) {
        writer.windows().begin(part.key(), part.lacks_row());
        if (part.head().exact) {
            while (part.next_id())
                writer.windows().add_id(part.id());
        } else {
            part.read_states(states);
            writer.windows().add_states(states);
        }
        const WindowTotals totals = part.finish_window();
        writer.windows().end(totals, part.row());
    }
    writer.finish(part.account());
    return sink.text();
}

/// Leaves windows after a few ids: what is passed must not break what follows.
void read_in_part(const std::string& bytes, std::size_t ids) {
    RunReader part(source_of(bytes));
    while (part.next_window()) {
        for (std::size_t i = 0; part.head().exact && i < ids && part.next_id(); ++i) {
        }
    }
}

void merge_with_itself(const std::string& bytes, const PartDescription& alone) {
    std::vector<std::unique_ptr<RunReader>> runs;
    for (int i = 0; i < 2; ++i)
        runs.push_back(std::make_unique<RunReader>(source_of(bytes)));
    RunMerge merge(std::move(runs));
    std::vector<Sketch> sketches(alone.head.sketches.begin(), alone.head.sketches.end());
    std::uint64_t windows = 0;
    std::uint64_t ids = 0;
    while (merge.next_window()) {
        ++windows;
        if (alone.head.exact) {
            while (merge.next_id())
                ++ids;
        } else {
            merge.merge_states(sketches);
        }
        (void)merge.finish_window();
    }
    require(windows == alone.windows, "a part united with itself has its windows");
    require(ids == alone.ids || !alone.head.exact, "a part united with itself has its ids");
}

void check_part(const std::string& bytes) {
    PartDescription alone;
    try {
        read_in_part(bytes, 1);
        RunReader part(source_of(bytes));
        if (state_bytes(part.head()) > kMostStates_bytes) return;
        alone = describe_part(part);
    } catch (const EnvironmentError&) {
        return;
    }
    const std::string again = rewritten(bytes);
    require(rewritten(again) == again, "what was written comes back");
    RunReader part(source_of(again));
    const PartDescription second = describe_part(part);
    require(second.windows == alone.windows && second.ids == alone.ids &&
                second.id_bytes == alone.id_bytes && second.records == alone.records &&
                second.account == alone.account,
            "a part that is written anew holds the same");
    try {
        merge_with_itself(bytes, alone);
    } catch (const EnvironmentError&) {
        require(!alone.head.exact, "only states can be impossible");
    }
}

}  // namespace

}  // namespace stream_analyzer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stream_analyzer;
    if (size == 0) return 0;
    const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] == static_cast<std::uint8_t>(fuzz::PartForm::as_it_is)) {
        fuzz::check_part(std::string(rest));
        return 0;
    }
    StringSink sink;
    fuzz::write_framed(rest, sink);
    fuzz::check_part(sink.text());
    return 0;
}
