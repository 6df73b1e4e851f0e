#include "store/run_stack.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "store/run_reader.hpp"
#include "store/window_merger.hpp"

namespace stream_analyzer {

RunStack::RunStack(std::string folder, RunHead head, std::uint64_t hash_seed,
                   const std::atomic<bool>* interrupted)
    : folder_(std::move(folder)),
      head_(std::move(head)),
      hash_seed_(hash_seed),
      interrupted_(interrupted) {
    head_.with_rows = head_.sketches.size() * sizeof(double) <= kMostRow_bytes;
}

void RunStack::push(const WriteWindows& write) {
    ++runs_;
    push_to(0, write);
    // A full tier becomes one run of the next, which may be full then.
    for (std::size_t tier = 0; tiers_[tier].size() == kMergeFanIn; ++tier) {
        const std::vector<Run> full = std::exchange(tiers_[tier], {});
        push_to(tier + 1, [&](RunWriter& run) { return merge_into(full, run); });
    }
}

void RunStack::push_to(std::size_t tier, const WriteWindows& write) {
    auto file = std::make_shared<SpillFile>(folder_);
    RunWriter run(*file, head_, Packing::fast);
    RunAccount account;
    account.windows = write(run);
    run.finish(account);
    written_bytes_ += file->size_bytes();
    if (run.places().empty()) return;
    if (tier >= tiers_.size()) tiers_.resize(tier + 1);
    tiers_[tier].push_back({std::move(file), run.places(), run.shard_places()});
}

RunMerge RunStack::merge_of(std::span<const Run> runs, const KeyRange& range,
                            const IdTwins& twins) const {
    std::vector<std::unique_ptr<RunReader>> readers;
    readers.reserve(runs.size());
    for (const Run& run : runs) {
        const BlockPlace& entry = run.places.entry(range.begin);
        readers.push_back(std::make_unique<RunReader>(
            SpillFile::reader(run.file, entry.offset_bytes), head_, entry.number));
    }
    return RunMerge(std::move(readers), range, twins);
}

RunIdsMerge RunStack::ids_of(std::span<const Run> runs, std::uint32_t shard) const {
    std::vector<std::unique_ptr<RunIdsReader>> readers;
    readers.reserve(runs.size());
    for (const Run& run : runs) {
        const bool has_ids = shard < run.shard_places.size() && run.shard_places[shard];
        const BlockPlace place = has_ids ? *run.shard_places[shard] : BlockPlace();
        readers.push_back(!has_ids ? nullptr
                                   : std::make_unique<RunIdsReader>(
                                         SpillFile::reader(run.file, place.offset_bytes),
                                         place.number, *head_.keys));
    }
    return RunIdsMerge(std::move(readers));
}

IdTwins RunStack::merge_ids(std::span<const Run> runs, RunWriter& into) const {
    IdTwins twins;
    RunIdsCoder coder([&](const CodedBlock& block) { into.append(block); });
    for (std::uint32_t shard = 0; head_.keys && shard < head_.keys->shards(); ++shard) {
        coder.begin_shard(shard);
        RunIdsMerge ids = ids_of(runs, shard);
        while (ids.next()) {
            for (const std::string_view text : ids.texts())
                coder.add(ids.key(), text);
        }
        twins.add(ids.twins());
    }
    coder.flush();
    twins.sort();
    return twins;
}

std::uint64_t RunStack::merge_into(std::span<const Run> runs, RunWriter& into) const {
    const IdTwins twins = merge_ids(runs, into);
    RunMerge merge = merge_of(runs, {}, twins);
    WindowMerger merger(head_, hash_seed_, interrupted_);
    std::uint64_t windows = 0;
    while (merge.next_window()) {
        (void)merger.merge(merge, &into.windows(), head_.with_rows);
        windows += merge.key().length == 0 ? 1 : 0;
    }
    return windows;
}

void RunStack::close() {
    for (std::vector<Run>& tier : std::exchange(tiers_, {})) {
        std::ranges::move(tier, std::back_inserter(closed_));  // the smallest first
    }
    while (closed_.size() > kMergeFanIn) {
        const std::size_t merged = std::min(kMergeFanIn, closed_.size() - kMergeFanIn + 1);
        const auto few_end = closed_.begin() + static_cast<std::ptrdiff_t>(merged);
        const std::vector<Run> few(closed_.begin(), few_end);
        closed_.erase(closed_.begin(), few_end);
        push_to(0, [&](RunWriter& run) { return merge_into(few, run); });
        closed_.push_back(std::exchange(tiers_, {}).front().front());
    }
}

std::uint64_t RunStack::merge_bytes() const {
    return closed_.size() * kMostReader_bytes;
}

std::vector<KeyRange> RunStack::ranges(std::size_t most, bool saves) const {
    std::vector<const RunPlaces*> places;
    places.reserve(closed_.size());
    for (const Run& run : closed_)
        places.push_back(&run.places);
    return split_windows(places, most, saves ? 1 : 0);
}

IdTwins RunStack::twins_of(std::uint32_t shard) const {
    RunIdsMerge ids = ids_of(closed_, shard);
    while (ids.next())
        stop_if_interrupted(interrupted_, "interrupted while spilled ids were compared");
    return ids.twins();
}

void RunStack::merge(const KeyRange& range, const TakeWindow& take, WindowCoder* save,
                     const IdTwins& twins) const {
    RunMerge runs = merge_of(closed_, range, twins);
    WindowMerger merger(head_, hash_seed_, interrupted_);
    while (runs.next_window()) {
        take(merger.merge(runs, runs.key().length == 0 ? save : nullptr, false));
    }
}

}  // namespace stream_analyzer
