#include "pipeline/merge_parts.hpp"

#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "core/error.hpp"
#include "pipeline/bounded_tally.hpp"
#include "pipeline/describe_run.hpp"
#include "pipeline/open_part.hpp"
#include "pipeline/parallel.hpp"
#include "pipeline/part_head.hpp"
#include "store/run_reader.hpp"

namespace stream_analyzer {

namespace {

// Ids between two looks at memory: some megabytes of it.
constexpr std::size_t kIdsAtOnce = 1 << 16U;

// Parts that are kept open from the look at their heads on, each a descriptor and two blocks; more
// are opened again.
constexpr std::size_t kOpenParts = 200;

// All parts, of which each thread takes one after the other.
class PartQueue {
  public:
    /// Looks at the heads of all parts.
    explicit PartQueue(const std::vector<std::string>& paths) : paths_(paths) {
        for (const std::string& path : paths) {
            std::unique_ptr<RunReader> part = open_part(path);
            head_ = open_.empty() ? part->head()
                                  : merged_head(head_, paths.front(), part->head(), path);
            open_.push_back(open_.size() < kOpenParts || path == "-" ? std::move(part) : nullptr);
        }
    }

    [[nodiscard]] const RunHead& head() const { return head_; }

    /// Null behind the last part. Thread-safe.
    [[nodiscard]] std::unique_ptr<RunReader> next() {
        const std::size_t index = next_++;
        if (index >= paths_.size()) return nullptr;
        return open_[index] ? std::move(open_[index]) : open_part(paths_[index]);
    }
    [[nodiscard]] double taken_share() const {
        return static_cast<double>(std::min(next_.load(), paths_.size())) /
               static_cast<double>(paths_.size());
    }

  private:
    const std::vector<std::string>& paths_;
    std::vector<std::unique_ptr<RunReader>> open_;  // parallel to paths_
    RunHead head_;
    std::atomic<std::size_t> next_{0};
};

// The account of all parts that were read.
class PartAccounts {
  public:
    void add(const RunAccount& account, const std::string& name) {
        const std::lock_guard lock(mutex_);
        if (const auto source = common_source(sum_, account)) {
            throw EnvironmentError(fmt::format(
                "cannot merge {}: the same bytes of {} are in another part (--source-id tells "
                "different inputs of one name apart)",
                name, *source));
        }
        sum_.add(account);
    }

    [[nodiscard]] const RunAccount& sum() const { return sum_; }

  private:
    std::mutex mutex_;
    RunAccount sum_;
};

// One thread's work: parts into windows.
class PartFeeder {
  public:
    PartFeeder(BoundedTally& tally, WindowFeed& feed, const WindowGrid& grid,
               std::uint64_t hash_seed, const PartQueue& queue, const AnalysisHooks& hooks)
        : tally_(tally),
          feed_(feed),
          grid_(grid),
          hash_seed_(hash_seed),
          queue_(queue),
          hooks_(hooks) {}

    void feed(RunReader& part, const std::atomic<bool>& failed) {
        while (!failed && part.next_window()) {
            const WindowTime start = part.key().start;
            if (grid_.interval_of(start).start != start) {
                fail_as_damaged(part.name(), "a window begins where none does");
            }
            if (part.head().exact) {
                feed_ids(part);
            } else {
                feed_states(part);
            }
            const std::uint64_t records = part.finish_window().records;
            feed_.count_records(feed_.window_of(start), records);
            if (++fed_ >= kIdsAtOnce) pause();
        }
        pause();
    }

  private:
    void feed_ids(RunReader& part) {
        WindowNumber window = feed_.window_of(part.key().start);
        while (part.next_id()) {
            feed_.add_copy(window, hash_id(part.id(), hash_seed_), part.id());
            if (++fed_ < kIdsAtOnce) continue;
            pause();
            window = feed_.window_of(part.key().start);  // numbers are new after a spill
        }
    }

    void feed_states(RunReader& part) {
        part.read_states(states_);
        try {
            feed_.add_states(feed_.window_of(part.key().start), states_);
        } catch (const std::invalid_argument& error) {
            fail_as_damaged(part.name(), error.what());
        }
        fed_ += states_.size() / kStateBytesPerWeight;
    }

    void pause() {
        stop_if_interrupted(hooks_.interrupted, "interrupted while parts were merged");
        feed_.flush();
        tally_.between_chunks(queue_.taken_share());
        fed_ = 0;
    }

    BoundedTally& tally_;
    WindowFeed& feed_;
    const WindowGrid& grid_;
    std::uint64_t hash_seed_;
    const PartQueue& queue_;
    const AnalysisHooks& hooks_;
    std::string states_;
    std::size_t fed_ = 0;
};

std::uint64_t hash_seed_of(const RunHead& head) {
    const std::string_view text = head.parameter("hash-seed");
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw EnvironmentError("the parts name no hash seed");
    }
    return seed;
}

std::vector<WindowGrid> grids_of(const RunHead& head, const std::vector<WindowLength>& rollups) {
    WindowLength window;
    try {
        window = WindowLength::parse(head.lengths.front());
        (void)window_grids(window, {}, std::string(head.parameter("timezone")));
    } catch (const UsageError& error) {
        throw EnvironmentError(
            fmt::format("the parts were counted otherwise than can be read: {}", error.what()));
    }
    return window_grids(window, rollups, std::string(head.parameter("timezone")));
}

void describe_rules(const RunHead& head, std::uint64_t hash_seed, unsigned threads,
                    RunSummary& summary) {
    summary.window = head.lengths.front();
    summary.time_field = head.parameter("time-field");
    summary.id_field = head.parameter("id-field");
    summary.time_unit = head.parameter("time-unit");
    if (summary.time_unit == "auto") summary.time_unit = "s";  // as of an empty dump
    summary.assume_timezone = head.parameter("assume-timezone");
    summary.timezone = head.parameter("timezone");
    summary.hash_seed = hash_seed;
    summary.check = head.parameter("check");
    summary.threads = threads;
}

[[noreturn]] void refuse_states(const std::string& part, const RunHead& head) {
    std::string names;
    for (const SketchSpec& sketch : head.sketches)
        names += (names.empty() ? "" : ", ") + sketch.name();
    throw EnvironmentError(fmt::format(
        "cannot tell errors from {}: it was counted with --no-exact and holds states of {}, no "
        "ids. How many ids there were is not known, so neither the errors of these sketches nor "
        "anything of others can be told: count again without --no-exact, or try numbers with "
        "--cardinality",
        part, names));
}

}  // namespace

MergeResult merge_parts(const MergeOptions& options, const AnalysisHooks& hooks) {
    const auto begin = std::chrono::steady_clock::now();
    PartQueue parts(options.parts);
    RunHead head = parts.head();
    if (options.sketches) {
        if (!head.exact) refuse_states(options.parts.front(), head);
        head.sketches = *options.sketches;
    }
    const std::vector<WindowGrid> grids = grids_of(head, options.rollups);
    const std::uint64_t hash_seed = hash_seed_of(head);

    // Each thread feeds part after part to the windows, as if the ids stood in a dump.
    BoundedTally tally({.grids = grids,
                        .exact = head.exact,
                        .sketches = head.sketches,
                        .hash_seed = hash_seed,
                        .threads = options.threads,
                        .memory_bytes = options.memory_bytes,
                        .spill_folder = options.spill_folder,
                        .saves = hooks.save != nullptr,
                        .keeps_ids = hooks.window_ids != nullptr,
                        .interrupted = hooks.interrupted});
    PartAccounts accounts;
    run_on_threads(options.threads, [&](unsigned thread, const std::atomic<bool>& failed) {
        const LeavesTally leaves(tally);
        PartFeeder feeder(tally, tally.feed(thread), grids.front(), hash_seed, parts, hooks);
        while (const std::unique_ptr<RunReader> part = failed ? nullptr : parts.next()) {
            feeder.feed(*part, failed);
            if (!failed) accounts.add(part->account(), part->name());
        }
    });

    MergeResult merged{.result = {}, .sketches = head.sketches};
    RunSummary& summary = merged.result.summary;
    fill_summary(accounts.sum(), summary);
    describe_rules(head, hash_seed, options.threads, summary);
    summary.parts = options.parts.size();
    if (hooks.save == nullptr) {
        merged.result.windows = tally.finish();
    } else {
        head.program_version = hooks.save->program_version;
        merged.result.windows = tally.finish_and_save(hooks.save->sink, head, accounts.sum());
    }
    if (hooks.window_ids != nullptr) tally.fill(*hooks.window_ids, *merged.result.windows);
    describe_run(*merged.result.windows, grids, tally, begin, summary);
    return merged;
}

}  // namespace stream_analyzer
