#include "report/choice_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "compare/target_range.hpp"
#include "core/size.hpp"
#include "report/number_text.hpp"
#include "sketch/sketch_grid.hpp"

namespace stream_analyzer {

namespace {

/// 0.95 -> "95 %", 0.995 -> "99.5 %".
std::string share_text(double share) {
    return ratio_text(share * 100) + " %";
}

/// "16,193, 45,069 and 49,488 ids"; of many numbers only the ends.
std::string numbers_text(const std::vector<std::uint64_t>& numbers) {
    constexpr std::size_t kMostNamed = 8;
    if (numbers.empty()) return "no number of ids";
    if (numbers.size() > kMostNamed) {
        return fmt::format("{} numbers from {} to {} ids", grouped(numbers.size()),
                           grouped(numbers.front()), grouped(numbers.back()));
    }
    if (numbers.size() == 1) return plural(numbers.front(), "id");
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) text += i + 1 == numbers.size() ? " and " : ", ";
        text += grouped(numbers[i]);
    }
    return text + " ids";
}

std::string question_text(const SketchChoices& choices) {
    const ChoiceQuestion& question = choices.question;
    std::string text =
        question.target ? "Smallest sketch of each family with " : "Best sketch of each family";
    if (question.target) {
        text += fmt::format("{} of the errors within {}", share_text(question.confidence),
                            share_text(*question.target));
    }
    if (question.budget_bytes) {
        text += fmt::format("{} in {}", question.target ? "," : "",
                            format_size(*question.budget_bytes));
    }
    text += " at " + numbers_text(choices.numbers);
    if (question.growth > 1) {
        text += fmt::format(", for {} times the ids", ratio_text(question.growth));
    }
    return text;
}

std::string evidence_text(const SketchChoices& choices, const AccuracyTable& table) {
    if (choices.evidence == Evidence::theory) return "by theory alone";
    return fmt::format("by {} trials a number of ids", grouped(table.trials));
}

/// What the dump says of the memory against exact sets, by the first window length.
std::string saving_text(const SketchSpec& sketch, const AccuracyTable& table) {
    for (const AccuracyRow& row : table.rows) {
        if (row.sketch != sketch || !row.share_of_exact_bytes) continue;
        if (*row.share_of_exact_bytes > 1) {
            return fmt::format(
                "; saves nothing: over all windows of {} it takes {} times the "
                "memory of exact sets",
                row.window, fixed_text(*row.share_of_exact_bytes, 1));
        }
        return fmt::format("; over all windows of {} it saves {} of the memory of exact sets",
                           row.window, percent(1 - *row.share_of_exact_bytes));
    }
    return "";
}

std::string range_text(const SketchChoice& choice, const ChoiceQuestion& question) {
    const std::string_view what = question.target ? "is valid" : "has an estimate";
    if (choice.n_max >= kMostTheoryIds)
        return fmt::format("{} for any number of ids (by theory)", what);
    if (choice.n_max == 0) return fmt::format("{} for no number of ids (by theory)", what);
    return fmt::format("{} up to {} ids (by theory)", what, grouped(choice.n_max));
}

/// What an answer by theory has to say of theory.
std::string doubt_text(const SketchChoice& choice, const SketchChoices& choices) {
    if (choices.evidence != Evidence::theory) return "";
    const TheoryDoubt doubt = theory_doubt(*choice.sketch, static_cast<double>(choice.worst_n));
    if (doubt == TheoryDoubt::none) return "";
    return fmt::format(" (theory is a first approximation there, and too low: {})",
                       theory_note(doubt));
}

std::string failures_text(const SketchChoice& choice) {
    std::string text;
    for (const std::string& window : choice.fails_in)
        text += (text.empty() ? "; fails in roll-ups of " : ", ") + window;
    return text;
}

std::string family_text(const SketchChoice& choice, const AccuracyTable& table) {
    const SketchChoices& choices = *table.choices;
    const std::string_view family = family_name(choice.family);
    if (!choice.sketch) {
        if (!choice.nearest) {
            if (!has_one_size(choice.family))
                return fmt::format("{}: none that was tried fits", family);
            return fmt::format("{}: does not fit, it has {}", family,
                               format_size(smallest_sketch(choice.family).memory_bytes()));
        }
        std::string text =
            fmt::format("{}: {}", family,
                        choices.question.target ? "no sketch that was tried holds it"
                                                : "none fits and has an estimate at every number");
        if (choice.n_max > 0) {
            text += fmt::format("; {} {}", choice.nearest->name(),
                                range_text(choice, choices.question));
        }
        return text;
    }
    return fmt::format(
        "{}: {} with {}, {} of the errors within {} at {}, the worst of the "
        "numbers{}; {}{}{}",
        family, choice.sketch->name(), format_size(choice.sketch->memory_bytes()),
        share_text(choices.question.confidence), percent(*choice.error),
        plural(choice.worst_n, "id"), doubt_text(choice, choices),
        range_text(choice, choices.question), failures_text(choice),
        saving_text(*choice.sketch, table));
}

}  // namespace

std::vector<std::string> choice_sentences(const AccuracyTable& table) {
    if (!table.choices) return {};
    const SketchChoices& choices = *table.choices;
    std::vector<std::string> sentences{
        fmt::format("{}, {}:", question_text(choices), evidence_text(choices, table))};
    for (const SketchChoice& choice : choices.families)
        sentences.push_back(family_text(choice, table));
    if (choices.best && choices.families.size() > 1) {
        sentences.push_back(
            fmt::format("best: {}, which has the least {}; the others are the "
                        "alternatives",
                        choices.families[*choices.best].sketch->name(),
                        choices.question.target ? "memory" : "error"));
    }
    return sentences;
}

}  // namespace stream_analyzer
