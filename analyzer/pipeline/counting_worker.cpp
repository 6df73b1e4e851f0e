#include "pipeline/counting_worker.hpp"

#include <algorithm>
#include <utility>

namespace stream_analyzer {

CountingWorker::CountingWorker(const CountingRules& rules, WindowFeed& feed)
    : rules_(rules),
      feed_(feed),
      reader_(rules.reading, rules.plan, rules.kernel, rules.max_line_bytes) {}

ChunkAccount CountingWorker::count(const Chunk& chunk) {
    account_ = ChunkAccount{};
    account_.sequence = chunk.sequence;
    account_.source = chunk.source;
    last_time_.reset();
    account_.lines = reader_.read(chunk, *this);
    if (account_.last_line_reject && last_reject_line_ + 1 != account_.lines.lines) {
        account_.last_line_reject.reset();
    }
    feed_.flush();
    return std::move(account_);
}

void CountingWorker::take_records(const RecordsOfOneTime& records) {
    const WindowNumber window =
        enter_window(records.time, records.without_offset, records.ids.size());
    for (const std::string_view id : records.ids)
        feed_.add_padded(window, hash_id(id, rules_.hash_seed), id);
}

void CountingWorker::take_record(const Verdict& verdict) {
    const WindowNumber window = enter_window(verdict.time, verdict.without_offset, 1);
    const Hash64 hash = hash_id(verdict.id, rules_.hash_seed);
    if (verdict.id_is_in_scratch) {
        feed_.add_copy(window, hash, verdict.id);
    } else {
        feed_.add_padded(window, hash, verdict.id);
    }
}

void CountingWorker::take_anonymous(const Verdict& verdict) {
    (void)enter_window(verdict.time, verdict.without_offset, 1);
}

void CountingWorker::take_reject(const RejectedLine& line) {
    account_.last_line_reject = line.reason;
    last_reject_line_ = line.line;
    const auto same_reason = [&](const ChunkAccount::Reject& reject) {
        return reject.reason == line.reason;
    };
    if (std::ranges::none_of(account_.first_rejects, same_reason)) {
        account_.first_rejects.push_back({line.offset_bytes, line.line, line.reason});
    }
    if (rules_.keep_reject_texts) {
        account_.rejects.add({.offset_bytes = line.offset_bytes,
                              .line = line.line,
                              .reason = line.reason,
                              .text = line.text.substr(0, kRejectText_bytes)});
    }
}

WindowNumber CountingWorker::enter_window(EventTime time, bool without_offset,
                                          std::uint64_t records) {
    // Neighbouring records often have the same time.
    if (time != last_time_) {
        last_time_ = time;
        last_window_ = feed_.window_of(time);
        account_.first_event_time = std::min(account_.first_event_time.value_or(time), time);
        account_.last_event_time = std::max(account_.last_event_time.value_or(time), time);
    }
    feed_.count_records(last_window_, records);
    account_.times_without_offset += without_offset ? records : 0;
    account_.arrival.add(time, records);
    return last_window_;
}

}  // namespace stream_analyzer
