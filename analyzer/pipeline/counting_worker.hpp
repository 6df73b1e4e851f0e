// One thread's part of counting: chunk -> records -> windows.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "exact/ground_truth.hpp"
#include "pipeline/line_ledger.hpp"
#include "pipeline/sketch_windows.hpp"
#include "record/record_reader.hpp"
#include "window/window_index.hpp"

namespace stream_analyzer {

/// What all workers share.
struct CountingRules {
    const ReadingRules& reading;
    const FieldPlan& plan;
    StructureKernel kernel;
    const WindowGrid& grid;
    std::size_t max_line_bytes;
    std::uint64_t hash_seed;
    bool keep_reject_texts;
};

/// Feeds either the ground truth or sketches of its own. The sink of its own RecordReader.
class CountingWorker {
  public:
    /// `truth` may be null (--no-exact): then the worker's own sketches are fed.
    CountingWorker(const CountingRules& rules, WindowIndex& index, GroundTruth* truth,
                   const std::vector<SketchSpec>& sketches);

    /// Counts every line of the chunk. When it returns, nothing refers to the chunk any more.
    [[nodiscard]] ChunkAccount count(const Chunk& chunk);

    /// Records by window number; windows that this worker has not met may be missing at the end.
    [[nodiscard]] const std::vector<std::uint64_t>& records() const { return records_; }
    [[nodiscard]] const SketchWindows& sketches() const { return sketches_; }

    // The sink of RecordReader.
    void take_record(const Verdict& verdict);
    void take_anonymous(const Verdict& verdict);
    void take_reject(const RejectedLine& line);

  private:
    [[nodiscard]] WindowNumber enter_window(const Verdict& verdict);
    void flush(std::size_t shard);

    const CountingRules& rules_;
    GroundTruth* truth_;
    RecordReader reader_;
    WindowCursor cursor_;
    std::vector<std::uint64_t> records_;
    std::vector<std::vector<Sighting>> pending_;  // by shard
    std::deque<std::string> escaped_ids_;         // unescaped texts that pending_ refers to
    SketchWindows sketches_;
    ChunkAccount account_;
    std::uint64_t last_reject_line_ = 0;  // within the chunk
    std::optional<EventTime> last_time_;  // of the chunk's last record
    WindowNumber last_window_ = 0;
};

}  // namespace stream_analyzer
