#include "pipeline/bounded_tally.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "pipeline/emptiness.hpp"
#include "pipeline/finish_windows.hpp"
#include "pipeline/memory_limit.hpp"
#include "pipeline/write_tally.hpp"
#include "store/stored_windows.hpp"

namespace stream_analyzer {

namespace {

RunHead spill_head(const TallyPlan& plan) {
    RunHead head;
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

BoundedTally::BoundedTally(const TallyPlan& plan)
    : plan_(plan),
      tally_(plan.grids.front(), plan.exact, plan.sketches, plan.threads),
      gate_(plan.threads),
      spilled_(plan.spill_folder, spill_head(plan), plan.hash_seed, plan.interrupted) {
    keep_large_blocks_apart();
}

void BoundedTally::between_chunks(std::optional<double> done_share) {
    gate_.pass(tally_.memory_bytes() > plan_.memory_bytes, [&] { spill(done_share); });
}

void BoundedTally::spill(std::optional<double> done_share) {
    if (tally_.empty()) return;
    try {
        spilled_.push([&](RunWriter& run) {
            return write_tally(tally_,
                               {.grids = plan_.grids,
                                .sketches = plan_.sketches,
                                .with_rows = spilled_.head().with_rows,
                                .threads = plan_.threads,
                                .interrupted = plan_.interrupted},
                               run);
        });
    } catch (const DiskFull& error) {
        throw no_room_to_spill(error, spilled_.written_bytes(), tally_.memory_bytes(), done_share);
    }
    tally_.clear();
    give_back_freed_memory();
}

std::shared_ptr<const WindowTable> BoundedTally::finish() {
    if (spilled_.empty()) return finish_in_memory(nullptr);
    if (!plan_.keeps_ids) return merge_spilled(nullptr);
    kept_ = std::make_shared<SpillFile>(plan_.spill_folder);
    RunHead head = spill_head(plan_);
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

std::shared_ptr<const WindowTable> BoundedTally::merge_spilled(RunWriter* save) {
    spill(1);  // the rest
    auto results = std::make_shared<StoredWindows>(plan_.spill_folder, spilled_.head().lengths,
                                                   plan_.sketches.size(), plan_.exact);
    try {
        spilled_.merge([&](const WindowResult& window) { results->add(window); },
                       save != nullptr ? &save->windows() : nullptr);
        results->seal();
    } catch (const DiskFull& error) {
        throw needs_room(error, static_cast<double>(spilled_.written_bytes()),
                         " for what was spilled, and more for its merge");
    }
    results->mark_incomplete(incomplete_windows(*results, plan_.grids.front()));
    return results;
}

}  // namespace stream_analyzer
