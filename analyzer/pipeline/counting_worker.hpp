// One thread's part of counting: chunk -> records -> windows.
#pragma once

#include <cstdint>
#include <optional>

#include "pipeline/line_ledger.hpp"
#include "pipeline/window_feed.hpp"
#include "record/record_reader.hpp"

namespace stream_analyzer {

/// What all workers share.
struct CountingRules {
    const ReadingRules& reading;
    const FieldPlan& plan;
    StructureKernel kernel;
    std::size_t max_line_bytes;
    std::uint64_t hash_seed;
    bool keep_reject_texts;
};

/// The sink of its own RecordReader.
class CountingWorker {
  public:
    /// Both are borrowed; no other thread may use the feed.
    CountingWorker(const CountingRules& rules, WindowFeed& feed);

    /// Counts every line of the chunk. When it returns, nothing refers to the chunk any more.
    [[nodiscard]] ChunkAccount count(const Chunk& chunk);

    // The sink of RecordReader.
    void take_records(const RecordsOfOneTime& records);
    void take_record(const Verdict& verdict);
    void take_anonymous(const Verdict& verdict);
    void take_reject(const RejectedLine& line);

  private:
    // Counts so many records of a time.
    [[nodiscard]] WindowNumber enter_window(EventTime time, bool without_offset,
                                            std::uint64_t records);

    const CountingRules& rules_;
    WindowFeed& feed_;
    RecordReader reader_;
    ChunkAccount account_;
    std::uint64_t last_reject_line_ = 0;  // within the chunk
    std::optional<EventTime> last_time_;  // of the chunk's last record
    WindowNumber last_window_ = 0;
};

}  // namespace stream_analyzer
