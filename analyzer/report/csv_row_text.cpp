#include "report/csv_row_text.hpp"

#include "report/csv_field.hpp"
#include "report/number_text.hpp"

namespace stream_analyzer {

namespace {

std::string whole_text(std::optional<std::uint64_t> value) {
    return value ? std::to_string(*value) : "";
}

const char* boolean_text(bool value) {
    return value ? "true" : "false";
}

}  // namespace

void append_window_columns(std::string& line, const ComparisonRow& row) {
    line += csv_field(row.window);
    line += ',';
    line += iso8601(row.window_start);
    line += ',';
    line += boolean_text(row.complete);
    line += ',';
    line += std::to_string(row.records);
    line += ',';
    line += whole_text(row.exact);
    line += ',';
    line += whole_text(row.exact_bytes);
}

void append_sketch_columns(std::string& line, const ComparisonRow& row) {
    line += ',';
    line += whole_text(row.sketch_bytes);
    line += ',';
    line += fixed_text(row.estimate, kEstimateDecimals);
    line += ',';
    line += fixed_text(row.error, kEstimateDecimals);
    line += ',';
    line += ratio_text(row.relative_error);
    line += ',';
    line += ratio_text(row.predicted_rse);
    line += ',';
    line += ratio_text(row.z);
    line += ',';
    if (row.saturated) line += boolean_text(*row.saturated);
}

}  // namespace stream_analyzer
