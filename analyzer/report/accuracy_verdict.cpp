#include "report/accuracy_verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/size.hpp"
#include "report/html_account.hpp"
#include "report/number_text.hpp"
#include "sketch/sketch_grid.hpp"

namespace stream_analyzer {

namespace {

using Row = const AccuracyRow&;

/// Where a family stands in one chart, by its best evidence.
struct FamilyRange {
    const AccuracyRow* smallest = nullptr;
    const AccuracyRow* largest = nullptr;
};

/// Theory, where nothing was observed.
std::optional<double> typical_error(Row row) {
    return row.evidence == Evidence::theory ? row.predicted_rse : row.errors.rmse;
}

/// One kind for all families: what the dump showed, else trials, else theory.
Evidence best_evidence(const SizeChart& chart) {
    for (const Evidence evidence : {Evidence::dump, Evidence::trials, Evidence::rehash}) {
        if (std::ranges::any_of(chart.rows, [&](Row row) { return row.evidence == evidence; }))
            return evidence;
    }
    return Evidence::theory;
}

std::vector<FamilyRange> families_of(const SizeChart& chart) {
    const Evidence evidence = best_evidence(chart);
    std::vector<FamilyRange> families;
    for (Row row : chart.rows) {
        if (row.evidence != evidence || !typical_error(row)) continue;
        if (families.empty() || families.back().largest->sketch.family != row.sketch.family) {
            families.push_back({.smallest = &row, .largest = &row});
        }
        FamilyRange& family = families.back();
        if (row.sketch.memory_bytes() < family.smallest->sketch.memory_bytes())
            family.smallest = &row;
        if (row.sketch.memory_bytes() > family.largest->sketch.memory_bytes())
            family.largest = &row;
    }
    return families;
}

std::string error_text(Row row) {
    std::string text = fmt::format("{} with {}", percent(*typical_error(row)),
                                   format_size(row.sketch.memory_bytes()));
    if (row.errors.max_absolute_error) {
        text += fmt::format(" (largest {})", percent(*row.errors.max_absolute_error));
    }
    return text;
}

std::string answer_of(const SketchChoices& choices) {
    const ChoiceQuestion& question = choices.question;
    const SketchChoice* best = choices.best ? &choices.families.at(*choices.best) : nullptr;
    const std::string share = ratio_text(question.confidence * 100) + " %";
    if (best == nullptr && question.target) {
        return fmt::format("No sketch that was tried has {} of its errors within {} %.", share,
                           ratio_text(*question.target * 100));
    }
    if (best == nullptr) return "No sketch that was tried fits the memory and has estimates.";
    const std::string found =
        fmt::format("{} of its errors are within {}", share, percent(*best->error));
    const std::string size = format_size(best->sketch->memory_bytes());
    if (!question.target) {
        return fmt::format("{} is the best that fits: {}, in {}.", best->sketch->name(), found,
                           size);
    }
    return fmt::format("{} suffices with {}: {}, and no smaller one that was tried holds {} %.",
                       best->sketch->name(), size, found, ratio_text(*question.target * 100));
}

/// "A", "A and B", "A, B and C".
std::string enumerated(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
    }
    return text;
}

/// What was tried, and what it rests on.
std::string tried_text(const AccuracyTable& table) {
    std::set<std::string> sketches;
    std::uint64_t least = UINT64_MAX;
    std::uint64_t most = 0;
    for (Row row : table.rows) {
        sketches.insert(row.sketch.name());
        least = std::min<std::uint64_t>(least, row.sketch.memory_bytes());
        most = std::max<std::uint64_t>(most, row.sketch.memory_bytes());
    }
    std::string sizes = format_size(least);
    if (most != least) sizes += " to " + format_size(most);
    std::vector<std::string> evidence;
    if (table.hash_seed) {
        evidence.push_back(fmt::format("the dump (hash seed {})", *table.hash_seed));
    }
    if (table.trials > 0) {
        evidence.push_back(
            fmt::format("{} with fresh ids (seed {})", plural(table.trials, "trial"), table.seed));
    }
    evidence.emplace_back("theory");
    return fmt::format(
        "{} of {}, judged by {}.",
        sketches.size() == 1 ? "1 sketch" : grouped(std::uint64_t{sketches.size()}) + " sketches",
        sizes, enumerated(evidence));
}

}  // namespace

std::string subject_text(const SizeChart& chart) {
    std::string ids = chart.n_min == chart.n_max
                          ? plural(chart.n_min, "id")
                          : fmt::format("{} to {} ids", grouped(chart.n_min), grouped(chart.n_max));
    if (!chart.windows && chart.window.empty()) return ids;
    if (!chart.windows) return fmt::format("{}, as in windows of {}", ids, chart.window);
    return fmt::format("{} of {}{} with {}", plural(*chart.windows, "window"), chart.window,
                       chart.is_rollup ? " (merged)" : "", ids);
}

std::string exact_text(const SizeChart& chart) {
    if (!chart.exact_bytes && !chart.window.empty()) return "";
    if (!chart.exact_bytes) {
        return "Without a dump the memory of exact sets is not known: it is that of the ids and 16 "
               "bytes for each.";
    }
    return fmt::format("The exact set of a window takes {} on average (the ids and 16 bytes each).",
                       bytes_for_people(*chart.exact_bytes));
}

std::string accuracy_headline(const AccuracyTable& table) {
    if (table.rows.empty()) {
        return "There is no number of unique ids to say anything about: no id was counted.";
    }
    if (table.choices) return answer_of(*table.choices);
    return tried_text(table);
}

std::vector<std::string> accuracy_sentences(const std::vector<SizeChart>& charts) {
    std::vector<std::string> sentences;
    if (charts.empty()) return sentences;
    // What was seen in a dump, else trials that are neither the fewest nor the most ids.
    const SizeChart& chart = charts.front().windows ? charts.front() : charts[charts.size() / 2];
    for (const FamilyRange& family : families_of(chart)) {
        const bool is_theory = family.smallest->evidence == Evidence::theory;
        std::string text = fmt::format(
            "{}, {}: typical error {}{}", family_name(family.smallest->sketch.family),
            subject_text(chart), is_theory ? "by theory " : "", error_text(*family.smallest));
        if (family.largest != family.smallest) text += ", " + error_text(*family.largest);
        sentences.push_back(text + ".");
    }
    return sentences;
}

std::vector<TextColumn> accuracy_settings(const AccuracyTable& table,
                                          const ReportContext& context) {
    std::vector<TextColumn> columns{
        {.header = "setting", .align = Align::left, .drop_order = 0, .cells = {}},
        {.header = "value", .align = Align::left, .drop_order = 0, .cells = {}}};
    if (context.summary != nullptr) {
        columns = setting_columns(*context.summary, context.version);
    } else {
        columns[0].cells.push_back({"program"});
        columns[1].cells.push_back({"stream-analyzer " + context.version});
    }
    columns[0].cells.push_back({"trials"});
    columns[1].cells.push_back({grouped(table.trials)});
    columns[0].cells.push_back({"seed of the trials"});
    columns[1].cells.push_back({fmt::format("{}", table.seed)});
    return columns;
}

}  // namespace stream_analyzer
