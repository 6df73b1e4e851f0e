#include "report/accuracy_csv_writer.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include "report/csv_field.hpp"
#include "report/number_text.hpp"
#include "sketch/availability.hpp"
#include "sketch/sketch_grid.hpp"

namespace stream_analyzer {

namespace {

std::string whole_text(std::optional<std::uint64_t> value) {
    return value ? std::to_string(*value) : "";
}

std::string boolean_text(std::optional<bool> value) {
    if (!value) return "";
    return *value ? "true" : "false";
}

std::string line_of(const AccuracyRow& row) {
    const ErrorStatistics& errors = row.errors;
    std::string line(family_name(row.sketch.family));
    for (const std::string& field : std::initializer_list<std::string>{
             std::to_string(row.sketch.parameter),
             row.sketch.name(),
             std::to_string(row.sketch.memory_bytes()),
             ratio_text(row.share_of_exact_bytes),
             csv_field(row.window),
             std::string(evidence_name(row.evidence)),
             whole_text(row.samples),
             std::to_string(row.n_min),
             std::to_string(row.n_max),
             ratio_text(errors.bias),
             ratio_text(errors.rmse),
             ratio_text(errors.rmse_low),
             ratio_text(errors.rmse_high),
             ratio_text(errors.mean_absolute_error),
             ratio_text(errors.p50_absolute_error),
             ratio_text(errors.p95_absolute_error),
             ratio_text(errors.p99_absolute_error),
             ratio_text(errors.max_absolute_error),
             row.max_window ? iso8601(*row.max_window) : "",
             ratio_text(row.predicted_rse),
             ratio_text(row.observed_over_predicted),
             boolean_text(row.theory_in_interval),
             ratio_text(row.share_within_1_sigma),
             ratio_text(row.share_within_2_sigma),
             whole_text(row.saturated),
             whole_text(row.left_out),
             std::string(theory_note(row.theory_doubt)),
             whole_text(row.n_max_within_target),
             std::string(available_in(row.sketch)),
         }) {
        line += ',';
        line += field;
    }
    return line + '\n';
}

}  // namespace

void write_accuracy_csv(const AccuracyTable& table, ByteSink& sink) {
    sink.write(
        "family,parameter,sketch,sketch_bytes,share_of_exact_bytes,window,evidence,samples,n_min,"
        "n_max,bias,rmse,rmse_low,rmse_high,mean_absolute_error,p50_absolute_error,"
        "p95_absolute_error,p99_absolute_error,max_absolute_error,max_window,predicted_rse,"
        "observed_over_predicted,theory_in_interval,share_within_1_sigma,share_within_2_sigma,"
        "saturated,left_out,theory_note,n_max_within_target,available_in\n");
    for (const AccuracyRow& row : table.rows)
        sink.write(line_of(row));
}

}  // namespace stream_analyzer
