#include "pipeline/probe.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/field_advice.hpp"
#include "record/field_plan.hpp"
#include "record/interpret.hpp"
#include "record/time_unit_vote.hpp"

namespace stream_analyzer {

namespace {

// What the probed lines hold.
class FirstLines {
  public:
    FirstLines(const ReadingRules& rules, StructureKernel kernel)
        : check_(rules.check),
          plan_(wanted_fields(rules)),
          kernel_(kernel),
          tokens_(plan_.slots()) {}

    /// The time unit is voted on by the first source that has valid lines.
    void look_at(std::string_view bytes, std::size_t source) {
        if (!any()) voting_source_ = source;
        votes_ = source == voting_source_;
        const char* const end = bytes.data() + bytes.size();
        for (const char* begin = bytes.data(); begin < end && !enough();) {
            const ScannedLine scanned = kernel_.scan_line(begin, end, plan_, tokens_);
            const std::string_view line(begin, static_cast<std::size_t>(scanned.line_end - begin));
            look_at_line(line, scanned.shape);
            begin = scanned.line_end + 1;
        }
    }

    [[nodiscard]] bool enough() const { return valid_.size() >= kProbedLines; }
    [[nodiscard]] bool any() const { return !valid_.empty(); }
    [[nodiscard]] bool has_both() const { return with_time_ > 0 && with_id_ > 0; }
    [[nodiscard]] bool lacks_time() const { return any() && with_time_ == 0; }
    [[nodiscard]] bool lacks_id() const { return any() && with_id_ == 0; }
    [[nodiscard]] const std::vector<std::string_view>& valid() const { return valid_; }
    [[nodiscard]] std::optional<TimeUnit> time_unit() const { return vote_.winner(); }

  private:
    void look_at_line(std::string_view line, LineShape shape) {
        if (shape == LineShape::blank) return;
        const bool to_be_judged = shape == LineShape::odd || check_ == CheckLevel::full;
        if (to_be_judged && judge_line(line, plan_, check_, tokens_)) return;
        valid_.push_back(line);
        const Token time = plan_.field(0, tokens_);
        if (!time.empty()) {
            ++with_time_;
            if (votes_) vote_.add(time);
        }
        if (!plan_.field(1, tokens_).empty()) ++with_id_;
    }

    CheckLevel check_;
    FieldPlan plan_;
    StructureKernel kernel_;
    LineTokens tokens_;
    std::size_t voting_source_ = 0;
    bool votes_ = true;
    std::vector<std::string_view> valid_;
    std::size_t with_time_ = 0;
    std::size_t with_id_ = 0;
    TimeUnitVote vote_;
};

}  // namespace

ProbeResult probe(InputSequence& input, const ReadingRules& rules, StructureKernel kernel,
                  const std::atomic<bool>* interrupted) {
    ProbeResult result;
    FirstLines lines(rules, kernel);
    std::size_t held_bytes = 0;
    while (!lines.enough() && held_bytes < kProbed_bytes && result.held.size() < kProbedChunks) {
        HeldChunk& held = result.held.emplace_back();
        if (!input.next(held.buffer, held.chunk)) {
            result.held.pop_back();
            break;
        }
        held_bytes += held.chunk.bytes.size();
        if (held.chunk.overlong_line_bytes == 0) {
            lines.look_at(held.chunk.bytes, held.chunk.source);
        }
        if (held.chunk.last_of_source && lines.has_both()) break;
    }
    if (interrupted != nullptr && interrupted->load()) return result;  // half an input says nothing
    const MissingFields missing{lines.lacks_time(), lines.lacks_id()};
    if (missing.time || missing.id) {
        throw missing_fields_error(lines.valid(), rules, missing);
    }
    result.time_unit = lines.time_unit();
    return result;
}

}  // namespace stream_analyzer
