#include "store/run_stack.hpp"

#include <algorithm>
#include <utility>

#include "store/run_merge.hpp"
#include "store/run_reader.hpp"
#include "store/window_merger.hpp"

namespace stream_analyzer {

namespace {

std::vector<std::unique_ptr<RunReader>> open_runs(
    std::span<const std::shared_ptr<const SpillFile>> files) {
    std::vector<std::unique_ptr<RunReader>> runs;
    runs.reserve(files.size());
    for (const auto& file : files) {
        runs.push_back(std::make_unique<RunReader>(SpillFile::reader(file)));
    }
    return runs;
}

}  // namespace

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
        const std::vector<File> full = std::exchange(tiers_[tier], {});
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
    if (tier >= tiers_.size()) tiers_.resize(tier + 1);
    tiers_[tier].push_back(std::move(file));
}

std::uint64_t RunStack::merge_into(std::span<const File> files, RunWriter& run) const {
    RunMerge runs(open_runs(files));
    WindowMerger merger(head_, hash_seed_, interrupted_);
    std::uint64_t windows = 0;
    while (runs.next_window()) {
        (void)merger.merge(runs, &run.windows(), head_.with_rows);
        windows += runs.key().length == 0 ? 1 : 0;
    }
    return windows;
}

std::vector<RunStack::File> RunStack::take_files() {
    std::vector<File> files;
    for (std::vector<File>& tier : std::exchange(tiers_, {})) {
        std::ranges::move(tier, std::back_inserter(files));  // the smallest first
    }
    while (files.size() > kMergeFanIn) {
        const std::size_t merged = std::min(kMergeFanIn, files.size() - kMergeFanIn + 1);
        const std::vector<File> few(files.begin(),
                                    files.begin() + static_cast<std::ptrdiff_t>(merged));
        files.erase(files.begin(), files.begin() + static_cast<std::ptrdiff_t>(merged));
        push_to(0, [&](RunWriter& run) { return merge_into(few, run); });
        files.push_back(std::exchange(tiers_, {}).front().front());
    }
    return files;
}

void RunStack::merge(const TakeWindow& take, WindowCoder* save) {
    RunMerge runs(open_runs(take_files()));
    WindowMerger merger(head_, hash_seed_, interrupted_);
    while (runs.next_window()) {
        take(merger.merge(runs, runs.key().length == 0 ? save : nullptr, false));
    }
}

}  // namespace stream_analyzer
