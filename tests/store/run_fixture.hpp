// Runs made of plain maps, and maps made of runs.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/hash64.hpp"
#include "memory_bytes.hpp"
#include "store/run_reader.hpp"
#include "store/run_writer.hpp"

namespace stream_analyzer::testing {

struct PlainWindow {
    std::uint64_t records = 0;
    std::set<std::string> ids;

    friend bool operator==(const PlainWindow&, const PlainWindow&) = default;
};

using PlainRun = std::map<WindowKey, PlainWindow>;

inline WindowKey key_of(std::uint32_t length, std::int64_t start_seconds) {
    return {length, WindowTime{std::chrono::seconds{start_seconds}}};
}

inline RunHead head_of_ids() {
    RunHead head;
    head.program_version = "1.2.3";
    head.lengths = {"1m", "1h"};
    head.parameters = {{"window", "1m"}, {"time-field", "ts"}};
    return head;
}

inline WindowTotals totals_of(const PlainWindow& window) {
    WindowTotals totals{.records = window.records, .distinct = window.ids.size(), .id_bytes = 0};
    for (const std::string& id : window.ids)
        totals.id_bytes += id.size();
    return totals;
}

/// Writes the windows; returns those of the first length.
inline std::uint64_t write_windows(const PlainRun& plain, RunWriter& run) {
    std::uint64_t windows = 0;
    for (const auto& [key, window] : plain) {
        run.windows().begin(key);
        for (const std::string& id : window.ids)
            run.windows().add_id(id);
        run.windows().end(totals_of(window), {});
        windows += key.length == 0 ? 1 : 0;
    }
    return windows;
}

inline std::string bytes_of(const PlainRun& plain, RunAccount account = {},
                            const RunHead& head = head_of_ids()) {
    StringSink sink;
    RunWriter run(sink, head);
    account.windows = write_windows(plain, run);
    run.finish(account);
    return sink.text();
}

inline std::unique_ptr<RunReader> reader_of(const PlainRun& plain) {
    return std::make_unique<RunReader>(source_of(bytes_of(plain)));
}

inline PlainRun read_run(const std::string& bytes) {
    RunReader run(source_of(bytes));
    PlainRun plain;
    while (run.next_window()) {
        PlainWindow window;
        while (run.next_id())
            window.ids.emplace(run.id());
        window.records = run.finish_window().records;
        plain.emplace(run.key(), window);
    }
    return plain;
}

/// Pseudo-random, the same everywhere.
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : state_(mix64(seed + 1)) {}
    [[nodiscard]] std::uint64_t below(std::uint64_t limit) {
        state_ = mix64(state_ + 0x9e3779b97f4a7c15U);
        return state_ % limit;
    }

  private:
    std::uint64_t state_;
};

inline PlainRun random_run(std::uint64_t seed, std::size_t windows, std::size_t most_ids,
                           std::size_t longest_id) {
    Draw draw(seed);
    PlainRun plain;
    for (std::size_t i = 0; i < windows; ++i) {
        const auto start = static_cast<std::int64_t>(draw.below(2 * windows)) * 60 - 600;
        PlainWindow& window = plain[key_of(static_cast<std::uint32_t>(draw.below(2)), start)];
        for (std::size_t left = draw.below(most_ids + 1); left > 0; --left) {
            std::string id(draw.below(longest_id + 1), '\0');
            for (char& byte : id)
                byte = static_cast<char>(draw.below(3) + (draw.below(9) == 0 ? 250 : 'a'));
            window.ids.insert(id);
        }
        window.records += window.ids.size() + draw.below(5);
    }
    return plain;
}

}  // namespace stream_analyzer::testing
