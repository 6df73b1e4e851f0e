#include "report/json_writer.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "report/json_text.hpp"
#include "report/number_text.hpp"

namespace stream_analyzer {

namespace {

Json estimate_json(std::optional<double> value) {
    return json_or_null(rounded_fixed(value, kEstimateDecimals));
}

Json ratio_json(std::optional<double> value) {
    return json_or_null(rounded_ratio(value));
}

Json time_json(std::optional<WindowTime> time) {
    return time ? Json(iso8601(*time)) : Json(nullptr);
}

Json sketch_json(const ComparedSketch& sketch) {
    Json json{{"sketch", sketch.name}, {"sketch_bytes", sketch.memory_bytes}};
    if (!sketch.note.empty()) json["note"] = sketch.note;
    return json;
}

Json verdict_json(const SketchVerdict& verdict) {
    return {{"window", verdict.window},
            {"sketch", verdict.sketch},
            {"sketch_bytes", verdict.sketch_bytes},
            {"windows", verdict.windows},
            {"counted", verdict.counted},
            {"saturated", verdict.saturated},
            {"without_truth", verdict.without_truth},
            {"bias", ratio_json(verdict.bias)},
            {"rmse", ratio_json(verdict.rmse)},
            {"mean_absolute_error", ratio_json(verdict.mean_absolute_error)},
            {"p50_absolute_error", ratio_json(verdict.p50_absolute_error)},
            {"p95_absolute_error", ratio_json(verdict.p95_absolute_error)},
            {"max_absolute_error", ratio_json(verdict.max_absolute_error)},
            {"worst_error", ratio_json(verdict.worst_error)},
            {"worst_window", time_json(verdict.worst_window)},
            {"predicted", verdict.predicted},
            {"without_theory", verdict.without_theory},
            {"mean_predicted_rse", ratio_json(verdict.mean_predicted_rse)},
            {"predicted_rmse", ratio_json(verdict.predicted_rmse)},
            {"with_z", verdict.with_z},
            {"within_1_sigma", verdict.within_1_sigma},
            {"within_2_sigma", verdict.within_2_sigma},
            {"rms_z", ratio_json(verdict.rms_z)},
            {"share_within_1_sigma", ratio_json(verdict.share_within_1_sigma)},
            {"share_within_2_sigma", ratio_json(verdict.share_within_2_sigma)}};
}

Json row_json(const ComparisonRow& row) {
    return {{"sketch", std::string(row.sketch)},
            {"estimate", estimate_json(row.estimate)},
            {"error", estimate_json(row.error)},
            {"relative_error", ratio_json(row.relative_error)},
            {"predicted_rse", ratio_json(row.predicted_rse)},
            {"z", ratio_json(row.z)},
            {"saturated", json_or_null(row.saturated)}};
}

Json window_json(const ComparisonRows& rows, std::size_t window) {
    const ComparisonRow first = rows.row(window, 0);
    Json sketches = Json::array();
    for (std::size_t sketch = 0; sketch < rows.sketches().size(); ++sketch) {
        sketches.push_back(row_json(rows.row(window, sketch)));
    }
    return {{"window", std::string(first.window)}, {"window_start", iso8601(first.window_start)},
            {"complete", first.complete},          {"records", first.records},
            {"exact", json_or_null(first.exact)},  {"exact_bytes", json_or_null(first.exact_bytes)},
            {"sketches", std::move(sketches)}};
}

/// An array member of the document, element by element, so that only one exists at a time.
template <typename ElementAt>
void write_array(ByteSink& sink, std::string_view key, std::size_t size, ElementAt element_at) {
    sink.write(fmt::format(",\n  \"{}\": [", key));
    for (std::size_t i = 0; i < size; ++i) {
        sink.write(i == 0 ? "\n    " : ",\n    ");
        sink.write(json_text(element_at(i)));
    }
    sink.write(size == 0 ? "]" : "\n  ]");
}

}  // namespace

void write_json(const ComparisonRows& rows, std::span<const SketchVerdict> verdicts,
                ByteSink& sink) {
    sink.write(fmt::format("{{\n  \"schema_version\": {}", kComparisonSchemaVersion));
    write_array(sink, "sketches", rows.sketches().size(),
                [&](std::size_t i) { return sketch_json(rows.sketches()[i]); });
    write_array(sink, "verdicts", verdicts.size(),
                [&](std::size_t i) { return verdict_json(verdicts[i]); });
    write_array(sink, "windows", rows.windows(),
                [&](std::size_t i) { return window_json(rows, i); });
    sink.write("\n}\n");
}

}  // namespace stream_analyzer
