// Which windows may be in a run.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/event_time.hpp"
#include "pipeline/window_jobs.hpp"

namespace stream_analyzer {

/// Of each length no more than from when to when windows were spilled: few bytes, whatever their
/// number. Of a dump in the order of time those that are new lie behind.
class SpilledWindows {
  public:
    void add(std::span<const WindowJob> jobs) {
        for (const WindowJob& job : jobs) {
            if (job.length >= spans_.size()) spans_.resize(job.length + 1);
            Span& span = spans_[job.length];
            span.first = std::min(span.first, job.start);
            span.last = std::max(span.last, job.start);
        }
    }

    /// True for each window that was added, and for some others.
    [[nodiscard]] bool may_have(const WindowJob& job) const {
        if (job.length >= spans_.size()) return false;
        const Span& span = spans_[job.length];
        return span.first <= job.start && job.start <= span.last;
    }

  private:
    struct Span {
        WindowTime first = WindowTime::max();
        WindowTime last = WindowTime::min();
    };
    std::vector<Span> spans_;  // by length
};

}  // namespace stream_analyzer
