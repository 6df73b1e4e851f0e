#include "pipeline/line_ledger.hpp"

#include <algorithm>
#include <utility>

namespace stream_analyzer {

namespace {

// The smaller (or, with std::greater, the larger) of two times of which either may be unknown.
template <typename Before>
void take_extreme(std::optional<EventTime>& extreme, std::optional<EventTime> time, Before before) {
    if (time && (!extreme || before(*time, *extreme))) extreme = time;
}

}  // namespace

void ChunkAccount::drop_last_line() {
    if (!last_line_reject) return;
    --lines.lines;
    --lines.rejects[static_cast<std::size_t>(*last_line_reject)];
    if (!first_rejects.empty() && first_rejects.back().line == lines.lines) {
        first_rejects.pop_back();
    }
    rejects.drop_last_if(lines.lines);
    last_line_reject.reset();
}

void add_up_files(RunSummary& summary) {
    for (const FileSummary& file : summary.files)
        summary.total += file.lines;
    for (std::size_t reason = 0; reason < kRejectReasons; ++reason) {
        const std::uint64_t count = summary.total.rejects[reason];
        if (count == 0) continue;
        const auto file = std::ranges::find_if(summary.files, [&](const FileSummary& each) {
            return each.first_rejects[reason].has_value();
        });
        if (file == summary.files.end()) continue;
        summary.rejects.push_back(
            {static_cast<RejectReason>(reason), count, *file->first_rejects[reason]});
    }
    std::ranges::stable_sort(summary.rejects, std::greater<>(), &RejectSummary::count);
}

LineLedger::LineLedger(std::vector<std::string> source_names, TakeReject take_reject)
    : source_names_(std::move(source_names)),
      take_reject_(std::move(take_reject)),
      sources_(source_names_.size()) {}

void LineLedger::post(ChunkAccount account) {
    const std::lock_guard lock(mutex_);
    if (account.sequence != next_sequence_) {
        const std::uint64_t sequence = account.sequence;
        waiting_.emplace(sequence, std::move(account));
        return;
    }
    // The sequence goes on first: if a taker of rejects throws, no later account waits for this
    // one.
    ++next_sequence_;
    book(account);
    while (!waiting_.empty() && waiting_.begin()->first == next_sequence_) {
        const auto next = waiting_.extract(waiting_.begin());
        ++next_sequence_;
        book(next.mapped());
    }
}

void LineLedger::book(const ChunkAccount& account) {
    SourceAccount& source = sources_[account.source];
    book_rejects(account, source.lines.lines);
    source.lines += account.lines;
    source.order.append(account.arrival);
    take_extreme(first_event_time_, account.first_event_time, std::less<>());
    take_extreme(last_event_time_, account.last_event_time, std::greater<>());
    times_without_offset_ += account.times_without_offset;
}

void LineLedger::book_rejects(const ChunkAccount& account, std::uint64_t lines_before) {
    const std::string& source = source_names_[account.source];
    for (const ChunkAccount::Reject& reject : account.first_rejects) {
        auto& first =
            sources_[account.source].first_rejects[static_cast<std::size_t>(reject.reason)];
        if (first) continue;
        first = LinePlace{source, reject.offset_bytes, lines_before + reject.line + 1};
    }
    if (!take_reject_) return;
    LocatedReject located{.place = {source, 0, 0}, .reason = {}, .text = {}};
    account.rejects.for_each([&](const ListedReject& reject) {
        located.place.offset_bytes = reject.offset_bytes;
        located.place.line = lines_before + reject.line + 1;
        located.reason = reject.reason;
        located.text = reject.text;
        take_reject_(located);
    });
}

void LineLedger::fill(RunSummary& summary) const {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        FileSummary& file = summary.files.emplace_back();
        file.name = source_names_[i];
        file.lines = sources_[i].lines;
        file.order = sources_[i].order.order();
        file.first_rejects = sources_[i].first_rejects;
    }
    add_up_files(summary);
    summary.first_event_time = first_event_time_;
    summary.last_event_time = last_event_time_;
    summary.times_without_offset = times_without_offset_;
}

std::uint64_t LineLedger::lines() const {
    const std::lock_guard lock(mutex_);
    std::uint64_t lines = 0;
    for (const SourceAccount& source : sources_) {
        lines += source.lines.lines;
    }
    return lines;
}

}  // namespace stream_analyzer
