#include "record/field_suggestions.hpp"

#include <simdjson.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "record/decimal.hpp"
#include "record/field_names.hpp"
#include "record/field_path.hpp"
#include "record/iso8601.hpp"
#include "record/token_check.hpp"

namespace stream_analyzer {

namespace {

constexpr std::size_t kLongestId_bytes = 128;

/// A dump whose keys are data (ids as names) must not grow the table without end.
constexpr std::size_t kMaxPaths = 10'000;

/// A path is of a kind when so many of its values are.
constexpr double kNearlyAll = 0.9;

/// What was seen at one path.
struct Seen {
    std::size_t last_line = SIZE_MAX;
    std::size_t lines = 0;
    std::size_t times = 0;
    std::size_t ids = 0;
    std::string example_time;
    std::set<std::string, std::less<>> distinct;
};

using SeenByPath = std::map<std::vector<std::string>, Seen>;

/// 631152000 is 1990-01-01, 4102444800 is 2100-01-01; a thousand times as much for each finer unit,
/// and no two of these ranges meet.
bool is_plausible_epoch(std::string_view number) {
    constexpr std::int64_t kFrom_s = 631'152'000;
    constexpr std::int64_t kUntil_s = 4'102'444'800;
    const Decimal decimal(number);
    for (const int shift : {0, -3, -6, -9}) {
        const auto seconds = decimal.scaled_floor(shift);
        if (seconds && *seconds >= kFrom_s && *seconds < kUntil_s) return true;
    }
    return false;
}

bool looks_like_time(std::string_view text, bool quoted) {
    if (is_number(text)) return is_plausible_epoch(text);
    return quoted && parse_iso8601(text).has_value();
}

/// The text of a scalar that may be a time or an id; false for all other values.
bool text_of(const simdjson::dom::element& value, std::string& text, bool& quoted) {
    quoted = value.is_string();
    if (quoted) {
        text = std::string_view(value);
        return true;
    }
    if (!value.is_number()) return false;
    text = simdjson::minify(value);
    return true;
}

class Survey {
  public:
    void add_line(std::string_view line) {
        simdjson::dom::object root;
        if (parser_.parse(line.data(), line.size()).get(root) != simdjson::SUCCESS) return;
        add_object(root);
        ++lines_;
    }

    [[nodiscard]] const SeenByPath& paths() const { return paths_; }
    [[nodiscard]] std::size_t lines() const { return lines_; }

  private:
    // Recursion is as deep as a FieldPath can be long.
    void add_object(const simdjson::dom::object& object) {
        for (const auto member : object) {
            keys_.emplace_back(member.key);
            simdjson::dom::object inner;
            if (member.value.get(inner) != simdjson::SUCCESS) {
                add_value(member.value);
            } else if (keys_.size() < FieldPath::kMaxKeys) {
                add_object(inner);
            }
            keys_.pop_back();
        }
    }

    void add_value(const simdjson::dom::element& value) {
        bool quoted = false;
        if (!text_of(value, text_, quoted)) return;
        auto found = paths_.find(keys_);
        if (found == paths_.end()) {
            if (paths_.size() == kMaxPaths) return;
            found = paths_.emplace(keys_, Seen{}).first;
        }
        Seen& seen = found->second;
        if (seen.last_line == lines_) return;  // a duplicate
        seen.last_line = lines_;
        ++seen.lines;
        if (looks_like_time(text_, quoted)) {
            ++seen.times;
            if (seen.example_time.empty()) seen.example_time = text_;
        }
        const bool fits = quoted ? text_.size() <= kLongestId_bytes && !text_.empty()
                                 : text_.find_first_of(".eE") == std::string::npos;
        if (!fits) return;
        ++seen.ids;
        seen.distinct.insert(text_);
    }

    simdjson::dom::parser parser_;
    SeenByPath paths_;
    std::size_t lines_ = 0;
    std::vector<std::string> keys_;
    std::string text_;
};

struct Scored {
    double score = 0;
    FieldSuggestion suggestion;
};

double ratio(std::size_t part, std::size_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
}

/// A value that hardly changes tells no events (no users) apart.
double liveliness(const Seen& seen) {
    return seen.distinct.size() < 2 && seen.lines > 1
               ? 0.05
               : 0.5 + 0.5 * ratio(seen.distinct.size(), seen.lines);
}

std::vector<FieldSuggestion> best_of(std::vector<Scored> scored) {
    std::stable_sort(scored.begin(), scored.end(),
                     [](const Scored& a, const Scored& b) { return a.score > b.score; });
    if (scored.size() > kMaxSuggestions) scored.resize(kMaxSuggestions);
    std::vector<FieldSuggestion> best;
    best.reserve(scored.size());
    for (Scored& candidate : scored)
        best.push_back(std::move(candidate.suggestion));
    return best;
}

}  // namespace

FieldSuggestions suggest_fields(std::span<const std::string_view> lines) {
    Survey survey;
    for (const std::string_view line : lines)
        survey.add_line(line);

    std::vector<Scored> times;
    std::vector<Scored> ids;
    for (const auto& [keys, seen] : survey.paths()) {
        const NameHint name = hint_of(keys);
        const double share = ratio(seen.lines, survey.lines());
        const std::string path = FieldPath::spelling_of(keys);
        const bool all_times = ratio(seen.times, seen.lines) >= kNearlyAll;
        const bool all_ids = ratio(seen.ids, seen.lines) >= kNearlyAll;
        if (all_times && name.id == 0) {
            times.push_back({share * (1 + name.time), {path, share, seen.example_time}});
        } else if (all_ids && name.time == 0) {
            ids.push_back({share * (0.25 + name.id) * liveliness(seen), {path, share, ""}});
        }
    }
    return {best_of(std::move(times)), best_of(std::move(ids))};
}

}  // namespace stream_analyzer
