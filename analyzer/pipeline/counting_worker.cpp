#include "pipeline/counting_worker.hpp"

#include <algorithm>
#include <utility>

namespace stream_analyzer {

namespace {

// Sightings handed to a shard at once: enough to make locking cheap, few enough that all shards'
// batches stay in the second-level cache (8 shards x 512 x 40 bytes).
constexpr std::size_t kBatch = 512;

}  // namespace

CountingWorker::CountingWorker(const CountingRules& rules, WindowIndex& index, GroundTruth* truth,
                               const std::vector<SketchSpec>& sketches)
    : rules_(rules),
      truth_(truth),
      reader_(rules.reading, rules.plan, rules.kernel, rules.max_line_bytes),
      cursor_(rules.grid, index),
      pending_(truth != nullptr ? truth->shards() : 0),
      sketches_(sketches) {}

ChunkAccount CountingWorker::count(const Chunk& chunk) {
    account_ = ChunkAccount{};
    account_.sequence = chunk.sequence;
    account_.source = chunk.source;
    last_time_.reset();
    account_.lines = reader_.read(chunk, *this);
    if (account_.last_line_reject && last_reject_line_ + 1 != account_.lines.lines) {
        account_.last_line_reject.reset();
    }
    for (std::size_t shard = 0; shard < pending_.size(); ++shard) {
        flush(shard);
    }
    escaped_ids_.clear();
    sketches_.flush();
    return std::move(account_);
}

void CountingWorker::take_record(const Verdict& verdict) {
    const WindowNumber window = enter_window(verdict);
    const Hash64 hash = hash_id(verdict.id, rules_.hash_seed);
    if (truth_ == nullptr) {
        sketches_.add(window, hash);
        return;
    }
    // Behind every id in a chunk at least the chunk's padding may be read.
    const PackedId id = verdict.id_is_in_scratch
                            ? PackedId(escaped_ids_.emplace_back(verdict.id), hash)
                            : PackedId::from_padded(verdict.id, hash);
    const std::size_t shard = truth_->shard_of(hash);
    pending_[shard].push_back({{hash, id}, window});
    if (pending_[shard].size() == kBatch) flush(shard);
}

void CountingWorker::take_anonymous(const Verdict& verdict) {
    (void)enter_window(verdict);
}

void CountingWorker::take_reject(const RejectedLine& line) {
    account_.last_line_reject = line.reason;
    last_reject_line_ = line.line;
    const auto same_reason = [&](const ChunkAccount::Reject& reject) {
        return reject.reason == line.reason;
    };
    if (rules_.keep_reject_texts) {
        account_.rejects.push_back({line.offset_bytes, line.line, line.reason,
                                    std::string(line.text.substr(0, kRejectText_bytes))});
    } else if (std::ranges::none_of(account_.rejects, same_reason)) {
        account_.rejects.push_back({line.offset_bytes, line.line, line.reason, {}});
    }
}

WindowNumber CountingWorker::enter_window(const Verdict& verdict) {
    // Neighbouring records often have the same time.
    if (verdict.time != last_time_) {
        last_time_ = verdict.time;
        last_window_ = cursor_.number_of(verdict.time);
        if (last_window_ >= records_.size()) records_.resize(last_window_ + std::size_t{1});
        account_.first_event_time =
            std::min(account_.first_event_time.value_or(verdict.time), verdict.time);
        account_.last_event_time =
            std::max(account_.last_event_time.value_or(verdict.time), verdict.time);
    }
    ++records_[last_window_];
    account_.times_without_offset += verdict.without_offset ? 1 : 0;
    account_.arrival.add(verdict.time);
    return last_window_;
}

void CountingWorker::flush(std::size_t shard) {
    if (pending_[shard].empty()) return;
    truth_->add(shard, pending_[shard]);
    pending_[shard].clear();
}

}  // namespace stream_analyzer
