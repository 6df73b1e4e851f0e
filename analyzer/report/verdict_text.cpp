#include "report/verdict_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/size.hpp"
#include "report/html_table.hpp"
#include "report/number_text.hpp"
#include "report/time_text.hpp"
#include "window/window_length.hpp"

namespace stream_analyzer {

namespace {

using Verdict = const SketchVerdict&;

std::string windows_text(std::uint64_t count, std::string_view length) {
    return fmt::format("{} of {}", plural(count, "window"), length);
}

/// The smallest typical error. A sketch that was full in some windows was spared the hardest ones:
/// it is asked only if all were.
const SketchVerdict* closest_of(std::span<const SketchVerdict> verdicts) {
    const SketchVerdict* closest = nullptr;
    for (const bool with_saturated : {false, true}) {
        for (Verdict verdict : verdicts) {
            if (!verdict.rmse || (verdict.saturated > 0) != with_saturated) continue;
            if (closest == nullptr || *verdict.rmse < *closest->rmse) closest = &verdict;
        }
        if (closest != nullptr) break;
    }
    return closest;
}

std::string theory_text(Verdict verdict) {
    if (verdict.predicted_rmse) {
        return fmt::format(", where theory expects {}", percent(*verdict.predicted_rmse));
    }
    return verdict.without_theory > 0 ? " (theory has nothing for a counter this full)" : "";
}

/// Days where windows are days or longer, else minutes: midnight is a minute too.
TimePrecision precision_of(Verdict verdict) {
    const std::vector<WindowTime> times{*verdict.worst_window};
    const TimePrecision least = precision_for(times);
    const bool is_calendar = WindowLength::parse(verdict.window).is_calendar();
    return least == TimePrecision::days && !is_calendar ? TimePrecision::minutes : least;
}

std::string worst_text(Verdict verdict) {
    if (!verdict.worst_error || !verdict.worst_window) return "";
    return fmt::format("; largest {} at {}",
                       signed_percent(*verdict.worst_error, kHtmlStyle.minus()),
                       short_time(*verdict.worst_window, precision_of(verdict)));
}

std::string coverage_text(Verdict verdict) {
    if (verdict.with_z == 0) return "";
    const bool all = verdict.with_z == verdict.counted;
    return fmt::format("; within ±2σ of theory in {} of {}", grouped(verdict.within_2_sigma),
                       all ? plural(verdict.with_z, "window")
                           : plural(verdict.with_z, "window") + " with enough ids to say so");
}

std::string left_out_text(Verdict verdict) {
    std::string text;
    if (verdict.saturated > 0) {
        text += fmt::format("; full (saturated) and without an estimate in {} of {}",
                            grouped(verdict.saturated), plural(verdict.windows, "window"));
    }
    return text;
}

std::string sentence_of(Verdict verdict) {
    const std::string name =
        fmt::format("{} ({})", verdict.sketch, format_size(verdict.sketch_bytes));
    if (verdict.counted > 0 && verdict.rmse) {
        return fmt::format("{}: typical error {}{}{}{}{}.", name, percent(*verdict.rmse),
                           theory_text(verdict), worst_text(verdict), coverage_text(verdict),
                           left_out_text(verdict));
    }
    if (verdict.saturated == verdict.windows) {
        return fmt::format(
            "{}: full (saturated) in {}, so it has no estimate at all.", name,
            verdict.windows == 1 ? "the only window" : "all " + plural(verdict.windows, "window"));
    }
    if (verdict.predicted_rmse) {
        return fmt::format("{}: theory expects a typical error of {} at these estimates{}.", name,
                           percent(*verdict.predicted_rmse), left_out_text(verdict));
    }
    return fmt::format(
        "{}: there is no error to speak of: no window has both an exact count and "
        "an estimate that theory covers{}.",
        name, left_out_text(verdict));
}

}  // namespace

std::string verdict_headline(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts) {
    if (rows.windows() == 0) return "No record was counted: there is no window to show.";
    const std::string& length = rows.lengths().front();
    const std::size_t windows = rows.windows_of_length(0).size;
    if (rows.sketches().empty()) {
        return fmt::format(
            "Exact counts of {}. No sketch was asked for, so there is nothing to compare.",
            windows_text(windows, length));
    }
    if (!rows.window(0).exact) {
        return fmt::format(
            "Estimates of {}. Exact counts were left out (--no-exact), so the errors are unknown.",
            windows_text(windows, length));
    }
    const auto first_length = verdicts.first(std::min(verdicts.size(), rows.sketches().size()));
    const SketchVerdict* const closest = closest_of(first_length);
    if (closest == nullptr) return "No sketch has an estimate to judge: all of them were full.";
    return fmt::format("{} {} {} off (root mean square over {}) with {} a window.", closest->sketch,
                       first_length.size() == 1 ? "was typically" : "came closest: typically",
                       percent(*closest->rmse), windows_text(closest->counted, length),
                       format_size(closest->sketch_bytes));
}

std::vector<std::string> verdict_sentences(std::span<const SketchVerdict> verdicts) {
    std::vector<std::string> sentences;
    for (Verdict verdict : verdicts) {
        if (verdict.windows > 0) sentences.push_back(sentence_of(verdict));
    }
    return sentences;
}

}  // namespace stream_analyzer
