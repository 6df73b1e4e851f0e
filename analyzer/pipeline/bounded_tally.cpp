#include "pipeline/bounded_tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "core/error.hpp"
#include "pipeline/emptiness.hpp"
#include "pipeline/finish_windows.hpp"
#include "pipeline/memory_limit.hpp"
#include "pipeline/parallel.hpp"
#include "pipeline/write_tally.hpp"
#include "sketch/id_block.hpp"

namespace stream_analyzer {

namespace {

// So that no thread waits long for the last one: windows differ, and a day is one.
constexpr std::size_t kRangesPerThread = 4;

// A tally that was larger than the limit by more than one in so many had its tables doubled in the
// last chunk: if the next began with such tables, it would be full with far fewer ids.
constexpr std::uint64_t kOvershoot = 10;

RunHead spill_head(const TallyPlan& plan, const Tally& tally) {
    RunHead head;
    if (plan.exact && !needs_texts(plan)) head.keys.emplace(tally.truth()->shard_bits());
    head.exact = plan.exact;
    for (const WindowGrid& grid : plan.grids)
        head.lengths.push_back(grid.length().label());
    head.sketches = plan.sketches;
    return head;
}

// Of a disk that is full nobody wants to fill the next one in vain.
EnvironmentError needs_room(const DiskFull& error, double bytes, std::string_view what) {
    return EnvironmentError(fmt::format("{}; about {:.1f} GB are needed{} (--spill-dir, --memory)",
                                        error.what(), std::max(bytes, 1e8) / 1e9, what));
}

EnvironmentError no_room_to_spill(const DiskFull& error, std::uint64_t written_bytes,
                                  std::uint64_t tally_bytes, std::optional<double> done_share) {
    // A run takes up to two thirds of the memory that it was: measured with random ids of 19 bytes,
    // 0.68 of --memory 256MB for sparse minutes with three roll-ups, each of which repeats the ids.
    const double run_bytes = static_cast<double>(tally_bytes) * 2 / 3;
    const double so_far = static_cast<double>(written_bytes) + run_bytes;
    const double total = done_share && *done_share > 0 ? so_far / *done_share : so_far;
    return needs_room(error, total,
                      done_share ? "" : " for what was read so far, and more for what follows");
}

}  // namespace

bool needs_texts(const TallyPlan& plan) {
    return plan.saves || plan.keeps_ids || IdBlock(plan.sketches).wants_texts();
}

BoundedTally::BoundedTally(const TallyPlan& plan)
    : plan_(plan),
      tally_(plan.grids.front(), plan.exact, plan.sketches, plan.threads,
             plan.exact && !needs_texts(plan)),
      gate_(plan.threads),
      spilled_(plan.spill_folder, spill_head(plan, tally_), plan.hash_seed, plan.interrupted) {
    keep_large_blocks_apart();
}

void BoundedTally::between_chunks(std::optional<double> done_share) {
    gate_.pass(tally_.memory_bytes() > plan_.memory_bytes, [&] {
        const std::uint64_t bytes = tally_.memory_bytes();
        spill(done_share);
        tally_.begin_anew(bytes <= plan_.memory_bytes + plan_.memory_bytes / kOvershoot);
        give_back_freed_memory();
    });
}

void BoundedTally::spill(std::optional<double> done_share) {
    if (tally_.empty()) return;
    try {
        spilled_.push([&](RunWriter& run) {
            return write_tally(tally_,
                               {.grids = plan_.grids,
                                .sketches = plan_.sketches,
                                .with_rows = spilled_.head().with_rows,
                                .with_keys = spilled_.head().keys.has_value(),
                                .spilled = &spilled_windows_,
                                .threads = plan_.threads,
                                .interrupted = plan_.interrupted},
                               run);
        });
    } catch (const DiskFull& error) {
        throw no_room_to_spill(error, spilled_.written_bytes(), tally_.memory_bytes(), done_share);
    }
}

std::shared_ptr<const WindowTable> BoundedTally::finish() {
    if (spilled_.empty()) return finish_in_memory(nullptr);
    if (!plan_.keeps_ids) return merge_spilled(nullptr);
    kept_ = std::make_shared<SpillFile>(plan_.spill_folder);
    RunHead head = spill_head(plan_, tally_);
    head.lengths.resize(1);
    RunWriter keep(*kept_, head);
    auto results = merge_spilled(&keep);
    RunAccount account;
    account.windows = results->range_of(0).size;
    keep.finish(account);
    return results;
}

void BoundedTally::fill(WindowIds& wanted, const WindowTable& results) const {
    wanted.chosen = wanted.choose(results);
    if (kept_) {
        wanted.ids = ids_of_run(SpillFile::reader(kept_), results, plan_.grids, wanted.chosen);
        return;
    }
    if (tally_.truth() == nullptr) return;
    const CountedWindows windows = tally_.windows();
    const std::vector<WindowJob> jobs = window_jobs(windows, plan_.grids);
    for (const std::size_t index : wanted.chosen) {
        const WindowJob& job = jobs.at(index);
        wanted.ids.push_back(ids_of_windows(
            *tally_.truth(), std::span(windows.numbers).subspan(job.first, job.last - job.first)));
    }
}

std::shared_ptr<const WindowTable> BoundedTally::finish_and_save(ByteSink& sink,
                                                                 const RunHead& head,
                                                                 RunAccount account) {
    RunWriter save(sink, head);
    auto results = spilled_.empty() ? finish_in_memory(&save) : merge_spilled(&save);
    account.windows = results->range_of(0).size;
    save.finish(account);
    return results;
}

std::shared_ptr<const WindowTable> BoundedTally::finish_in_memory(RunWriter* save) {
    if (save != nullptr) {
        (void)write_tally(tally_,
                          {.grids = plan_.grids.first(1),
                           .sketches = plan_.sketches,
                           .with_rows = false,
                           .threads = plan_.threads,
                           .interrupted = plan_.interrupted},
                          *save);
    }
    return std::make_shared<HeldWindows>(
        finish_windows(tally_.windows(), plan_.grids, plan_.sketches, tally_.truth(),
                       tally_.merge_sketches(), plan_.threads, plan_.interrupted));
}

IdTwins BoundedTally::find_twins(unsigned threads) const {
    IdTwins twins;
    if (!spilled_.head().keys) return twins;
    std::mutex mutex;
    std::atomic<std::uint32_t> next{0};
    const std::uint32_t shards = spilled_.head().keys->shards();
    run_on_threads(threads, [&](unsigned /*thread*/, const std::atomic<bool>& failed) {
        for (std::uint32_t shard = next++; shard < shards && !failed; shard = next++) {
            const IdTwins found = spilled_.twins_of(shard);
            const std::lock_guard lock(mutex);
            twins.add(found);
        }
    });
    twins.sort();
    return twins;
}

// Threads take range after range; there are as many of them as may hold blocks of all runs.
std::vector<std::unique_ptr<WindowRows>> BoundedTally::merge_ranges(WindowCoder* save) const {
    const std::uint64_t merge_bytes = std::max<std::uint64_t>(spilled_.merge_bytes(), 1);
    const auto threads = static_cast<unsigned>(
        std::clamp<std::uint64_t>(plan_.memory_bytes / merge_bytes, 1, plan_.threads));
    const IdTwins twins = find_twins(threads);
    const std::vector<KeyRange> ranges =
        spilled_.ranges(threads == 1 ? 1 : threads * kRangesPerThread, save != nullptr);
    std::vector<std::unique_ptr<WindowRows>> parts(ranges.size());
    std::atomic<std::size_t> next{0};
    run_on_threads(threads, [&](unsigned /*thread*/, const std::atomic<bool>& failed) {
        for (std::size_t turn = next++; turn < ranges.size() && !failed; turn = next++) {
            // The longest first, so that nobody waits for it at the end: all that is saved, then
            // the windows of the last roll-up.
            const std::size_t range = turn == 0 ? 0 : ranges.size() - turn;
            auto rows = std::make_unique<WindowRows>(plan_.spill_folder);
            const auto take = [&](const WindowResult& window) {
                stop_if_interrupted(&failed, "another thread failed");
                rows->add(window);
            };
            spilled_.merge(ranges[range], take, save, twins);
            rows->seal();
            parts[range] = std::move(rows);
        }
    });
    return parts;
}

std::shared_ptr<const WindowTable> BoundedTally::merge_spilled(RunWriter* save) {
    spill(1);  // the rest
    tally_.clear();
    give_back_freed_memory();
    std::vector<std::unique_ptr<WindowRows>> parts;
    try {
        spilled_.close();
        parts = merge_ranges(save != nullptr ? &save->windows() : nullptr);
    } catch (const DiskFull& error) {
        throw needs_room(error, static_cast<double>(spilled_.written_bytes()),
                         " for what was spilled, and more for its merge");
    }
    auto results = std::make_shared<StoredWindows>(std::move(parts), spilled_.head().lengths,
                                                   plan_.sketches.size(), plan_.exact);
    results->mark_incomplete(incomplete_windows(*results, plan_.grids.front()));
    return results;
}

}  // namespace stream_analyzer
