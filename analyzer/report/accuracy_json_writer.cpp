#include "report/accuracy_json_writer.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "report/json_text.hpp"
#include "report/number_text.hpp"
#include "sketch/availability.hpp"
#include "sketch/sketch_grid.hpp"

namespace stream_analyzer {

namespace {

Json ratio_json(std::optional<double> value) {
    return json_or_null(rounded_ratio(value));
}

Json text_or_null(std::string_view text) {
    return text.empty() ? Json(nullptr) : Json(std::string(text));
}

Json row_json(const AccuracyRow& row) {
    const ErrorStatistics& errors = row.errors;
    return {{"family", std::string(family_name(row.sketch.family))},
            {"parameter", row.sketch.parameter},
            {"sketch", row.sketch.name()},
            {"sketch_bytes", row.sketch.memory_bytes()},
            {"share_of_exact_bytes", ratio_json(row.share_of_exact_bytes)},
            {"window", text_or_null(row.window)},
            {"evidence", std::string(evidence_name(row.evidence))},
            {"samples", json_or_null(row.samples)},
            {"n_min", row.n_min},
            {"n_max", row.n_max},
            {"bias", ratio_json(errors.bias)},
            {"rmse", ratio_json(errors.rmse)},
            {"rmse_low", ratio_json(errors.rmse_low)},
            {"rmse_high", ratio_json(errors.rmse_high)},
            {"mean_absolute_error", ratio_json(errors.mean_absolute_error)},
            {"p50_absolute_error", ratio_json(errors.p50_absolute_error)},
            {"p95_absolute_error", ratio_json(errors.p95_absolute_error)},
            {"p99_absolute_error", ratio_json(errors.p99_absolute_error)},
            {"max_absolute_error", ratio_json(errors.max_absolute_error)},
            {"max_window", row.max_window ? Json(iso8601(*row.max_window)) : Json(nullptr)},
            {"predicted_rse", ratio_json(row.predicted_rse)},
            {"observed_over_predicted", ratio_json(row.observed_over_predicted)},
            {"theory_in_interval", json_or_null(row.theory_in_interval)},
            {"share_within_1_sigma", ratio_json(row.share_within_1_sigma)},
            {"share_within_2_sigma", ratio_json(row.share_within_2_sigma)},
            {"saturated", json_or_null(row.saturated)},
            {"left_out", json_or_null(row.left_out)},
            {"theory_note", text_or_null(theory_note(row.theory_doubt))},
            {"n_max_within_target", json_or_null(row.n_max_within_target)},
            {"available_in", std::string(available_in(row.sketch))}};
}

Json choices_json(const SketchChoices& choices) {
    Json families = Json::array();
    for (const SketchChoice& choice : choices.families) {
        families.push_back(
            {{"family", std::string(family_name(choice.family))},
             {"sketch", choice.sketch ? Json(choice.sketch->name()) : Json(nullptr)},
             {"sketch_bytes", choice.sketch ? Json(choice.sketch->memory_bytes()) : Json(nullptr)},
             {"error", ratio_json(choice.error)},
             {"worst_n", choice.sketch ? Json(choice.worst_n) : Json(nullptr)},
             {"nearest", choice.nearest ? Json(choice.nearest->name()) : Json(nullptr)},
             {"n_max", choice.n_max},
             {"fails_in", choice.fails_in}});
    }
    return {{"target", ratio_json(choices.question.target)},
            {"budget_bytes", json_or_null(choices.question.budget_bytes)},
            {"confidence", ratio_json(choices.question.confidence)},
            {"growth", ratio_json(choices.question.growth)},
            {"evidence", std::string(evidence_name(choices.evidence))},
            {"numbers", choices.numbers},
            {"best",
             choices.best ? Json(choices.families[*choices.best].sketch->name()) : Json(nullptr)},
            {"families", std::move(families)}};
}

}  // namespace

void write_accuracy_json(const AccuracyTable& table, ByteSink& sink) {
    sink.write(fmt::format("{{\n  \"schema_version\": {},\n  \"trials\": {},\n  \"seed\": {},\n",
                           kAccuracySchemaVersion, table.trials, table.seed));
    sink.write(fmt::format("  \"hash_seed\": {},\n", json_text(json_or_null(table.hash_seed))));
    sink.write(fmt::format("  \"choices\": {},\n",
                           table.choices ? json_text(choices_json(*table.choices)) : "null"));
    sink.write("  \"rows\": [");
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        sink.write(i == 0 ? "\n    " : ",\n    ");
        sink.write(json_text(row_json(table.rows[i])));
    }
    sink.write(table.rows.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace stream_analyzer
