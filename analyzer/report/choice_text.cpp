#include "report/choice_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/size.hpp"
#include "report/number_text.hpp"
#include "sketch/sketch_grid.hpp"

namespace stream_analyzer {

namespace {

/// 0.95 -> "95 %", 0.995 -> "99.5 %".
std::string share_text(double share) {
    return ratio_text(share * 100) + " %";
}

std::string question_text(const SketchChoices& choices, const AccuracyTable& table) {
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
    if (choices.evidence == Evidence::theory) return text + " (by theory and a normal law):";
    return text + fmt::format(" (by {} trials a number of ids):", grouped(table.trials));
}

/// What the dump says of the memory against exact sets, by the first window length.
std::string saving_text(const SketchSpec& sketch, const AccuracyTable& table) {
    for (const AccuracyRow& row : table.rows) {
        if (row.sketch != sketch || !row.share_of_exact_bytes) continue;
        return fmt::format("; over all windows of {} {} of the memory of exact sets", row.window,
                           percent(*row.share_of_exact_bytes));
    }
    return "";
}

}  // namespace

std::vector<std::string> choice_sentences(const AccuracyTable& table) {
    if (!table.choices) return {};
    const SketchChoices& choices = *table.choices;
    std::vector<std::string> sentences{question_text(choices, table)};
    for (const SketchChoice& choice : choices.families) {
        const std::string_view family = family_name(choice.family);
        if (!choice.sketch) {
            sentences.push_back(fmt::format("{}: {}", family,
                                            choices.question.target
                                                ? "no sketch that was tried holds it"
                                                : "none fits and has an estimate at every number"));
            continue;
        }
        sentences.push_back(fmt::format(
            "{}: {} with {}, {} of the errors within {} at {} ids, the worst of the numbers{}",
            family, choice.sketch->name(), format_size(choice.sketch->memory_bytes()),
            share_text(choices.question.confidence), percent(*choice.error),
            grouped(choice.worst_n), saving_text(*choice.sketch, table)));
    }
    return sentences;
}

}  // namespace stream_analyzer
