#include "pipeline/probe.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/field_advice.hpp"
#include "record/field_plan.hpp"
#include "record/interpret.hpp"
#include "record/line_scanner.hpp"
#include "record/time_unit_vote.hpp"

namespace stream_analyzer {

namespace {

// What the probed lines hold.
class FirstLines {
  public:
    FirstLines(const ReadingRules& rules, std::size_t max_line_bytes, StructureKernel kernel)
        : check_(rules.check),
          max_line_bytes_(max_line_bytes),
          plan_(wanted_fields(rules)),
          scanner_(kernel, rules.check, plan_) {}

    /// The time unit is voted on by the first source that has valid lines.
    void look_at(const Chunk& chunk) {
        if (!any()) voting_source_ = chunk.source;
        votes_ = chunk.source == voting_source_;
        if (chunk.overlong_line_bytes != 0) {
            seen_bytes_ += chunk.overlong_line_bytes;
            return;
        }
        const char* const end = chunk.bytes.data() + chunk.bytes.size();
        scanner_.start(chunk.bytes.data(), end);
        while (!scanner_.at_end() && !enough()) {
            const char* const begin = scanner_.line_begin();
            const ScannedLine scanned = scanner_.next();
            const std::string_view line(begin, static_cast<std::size_t>(scanned.line_end - begin));
            // The source's last line may have no line feed.
            const char* const behind = std::min(scanned.line_end + 1, end);
            seen_bytes_ += static_cast<std::uint64_t>(behind - begin);
            look_at_line(line, scanned);
        }
    }

    [[nodiscard]] bool enough() const {
        return valid_ >= kProbedLines || seen_bytes_ >= kProbed_bytes;
    }
    [[nodiscard]] bool any() const { return valid_ > 0; }
    [[nodiscard]] bool has_both() const { return with_time_ > 0 && with_id_ > 0; }
    [[nodiscard]] bool lacks_time() const { return any() && with_time_ == 0; }
    [[nodiscard]] bool lacks_id() const { return any() && with_id_ == 0; }
    /// All valid lines, as long as a field was in none of them.
    [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }
    [[nodiscard]] std::optional<TimeUnit> time_unit() const { return vote_.winner(); }

  private:
    void look_at_line(std::string_view line, const ScannedLine& scanned) {
        if (scanned.shape == LineShape::blank || line.size() > max_line_bytes_) return;
        const bool odd = scanned.shape == LineShape::odd;
        if (odd && judge_line(line, plan_, check_, odd_tokens_)) return;
        const std::span<const Token> tokens = odd ? odd_tokens_ : scanned.tokens;
        ++valid_;
        const Token time = plan_.field(0, tokens);
        if (!time.empty()) {
            ++with_time_;
            if (votes_) vote_.add(time);
        }
        if (!plan_.field(1, tokens).empty()) ++with_id_;
        if (has_both()) {
            texts_.clear();
        } else {
            texts_.emplace_back(line);
        }
    }

    CheckLevel check_;
    std::size_t max_line_bytes_;
    FieldPlan plan_;
    LineScanner scanner_;
    LineTokens odd_tokens_;
    std::size_t voting_source_ = 0;
    bool votes_ = true;
    std::uint64_t seen_bytes_ = 0;
    std::size_t valid_ = 0;
    std::vector<std::string> texts_;
    std::size_t with_time_ = 0;
    std::size_t with_id_ = 0;
    TimeUnitVote vote_;
};

}  // namespace

ProbeResult probe(InputSequence& input, const ReadingRules& rules, std::size_t max_line_bytes,
                  StructureKernel kernel, const std::atomic<bool>* interrupted) {
    ProbeResult result;
    FirstLines lines(rules, max_line_bytes, kernel);
    while (!lines.enough()) {
        if (!result.held.empty()) result.held.back().settle();
        HeldChunk& held = result.held.emplace_back();
        if (!held.take_next(input)) {
            result.held.pop_back();
            break;
        }
        lines.look_at(held.chunk);
        if (held.chunk.last_of_source && lines.has_both()) break;
    }
    if (interrupted != nullptr && interrupted->load()) return result;  // half an input says nothing
    const MissingFields missing{lines.lacks_time(), lines.lacks_id()};
    if (missing.time || missing.id) {
        const std::vector<std::string_view> texts(lines.texts().begin(), lines.texts().end());
        throw missing_fields_error(texts, rules, missing);
    }
    result.time_unit = lines.time_unit();
    return result;
}

}  // namespace stream_analyzer
