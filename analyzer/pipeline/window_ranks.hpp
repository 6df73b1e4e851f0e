// The ids of windows as ranks, in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "exact/id_ranks.hpp"
#include "pipeline/window_jobs.hpp"

namespace stream_analyzer {

/// Ranks of the ids of several windows, one window behind the other, each ascending and united.
///
/// A window of a sparse dump has a handful of ids that lie anywhere in memory. Collecting a group
/// of windows at once lets the waits of many ids overlap.
class WindowRanks {
  public:
    /// All are borrowed.
    WindowRanks(const GroundTruth& truth, const IdRanks& ids, const CountedWindows& windows)
        : truth_(truth), ranks_of_ids_(ids), windows_(windows) {}

    /// Replaces what is here by the windows of these jobs.
    void collect(std::span<const WindowJob> jobs);

    /// The ranks of the job with this index.
    [[nodiscard]] std::span<const IdRank> of(std::size_t job) const {
        const std::size_t first = job == 0 ? 0 : ends_[job - 1];
        return std::span(ranks_).subspan(first, ends_[job] - first);
    }
    /// All ranks from the first of that job on: what comes behind is asked for ahead.
    [[nodiscard]] std::span<const IdRank> from(std::size_t job) const {
        return std::span(ranks_).subspan(job == 0 ? 0 : ends_[job - 1]);
    }

  private:
    struct Found {
        std::uint32_t shard;
        DenseId number;
    };

    [[nodiscard]] std::uint64_t size_of(const WindowJob& job) const;
    void find(const WindowJob& job);
    void rank_found();
    void take_all();
    void unite_in_bitmap(const WindowJob& job);
    void take_bitmap();

    const GroundTruth& truth_;
    const IdRanks& ranks_of_ids_;
    const CountedWindows& windows_;
    std::vector<Found> found_;  // of windows that have no ranks yet
    std::vector<std::size_t> found_ends_;
    std::vector<IdRank> ranks_;
    std::vector<std::size_t> ends_;      // of the jobs, in ranks_
    std::vector<std::uint64_t> bitmap_;  // by rank, all 0 between two uses
};

}  // namespace stream_analyzer
