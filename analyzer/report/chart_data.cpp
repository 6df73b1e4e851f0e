#include "report/chart_data.hpp"

#include <cmath>
#include <string>

#include "report/number_text.hpp"

namespace stream_analyzer {

namespace {

/// To the nearest id.
Json whole_json(std::optional<double> value) {
    constexpr double kExact = 9007199254740992.0;  // 2^53, up to which a double holds every integer
    if (!value || !std::isfinite(*value)) return nullptr;
    if (std::fabs(*value) >= kExact) return *value;
    return std::llround(*value);
}

/// Calls add(index) for each point, and add_gap() where the line is broken.
template <typename Add, typename AddGap>
void walk(const ComparisonRows& rows, const ChartLine& line, Json& times, Add add, AddGap add_gap) {
    for (const ChartPoint& point : line) {
        if (point.after_gap) {
            times.push_back(times.back());
            add_gap();
        }
        times.push_back(rows.window(point.window).start.time_since_epoch().count());
        add(point.window);
    }
}

Json counts_json(const ComparisonRows& rows, const ChartLine& line, std::size_t sketches) {
    Json times = Json::array();
    Json exact = Json::array();
    Json estimates = Json::array();
    for (std::size_t sketch = 0; sketch < sketches; ++sketch)
        estimates.push_back(Json::array());
    walk(
        rows, line, times,
        [&](std::size_t window) {
            exact.push_back(json_or_null(rows.window(window).exact));
            for (std::size_t sketch = 0; sketch < sketches; ++sketch) {
                estimates[sketch].push_back(whole_json(rows.row(window, sketch).estimate));
            }
        },
        [&] {
            exact.push_back(nullptr);
            for (Json& estimate : estimates)
                estimate.push_back(nullptr);
        });
    const bool has_truth = !line.empty() && rows.window(line.front().window).exact.has_value();
    return {{"t", std::move(times)},
            {"exact", has_truth ? std::move(exact) : Json(nullptr)},
            {"estimates", std::move(estimates)}};
}

Json errors_json(const ComparisonRows& rows, std::size_t sketch, const ChartLine& line) {
    Json times = Json::array();
    Json errors = Json::array();
    Json theory = Json::array();
    walk(
        rows, line, times,
        [&](std::size_t window) {
            const ComparisonRow row = rows.row(window, sketch);
            errors.push_back(json_or_null(rounded_ratio(row.relative_error)));
            theory.push_back(json_or_null(rounded_ratio(row.predicted_rse)));
        },
        [&] {
            errors.push_back(nullptr);
            theory.push_back(nullptr);
        });
    return {{"t", std::move(times)}, {"error", std::move(errors)}, {"rse", std::move(theory)}};
}

}  // namespace

Json chart_data(const ComparisonRows& rows, std::size_t length, const ChartPoints& points,
                std::size_t sketches) {
    Json names = Json::array();
    Json errors = Json::array();
    for (std::size_t sketch = 0; sketch < sketches; ++sketch) {
        names.push_back(rows.sketches()[sketch].name);
        errors.push_back(errors_json(rows, sketch, points.errors.at(sketch)));
    }
    return {{"label", rows.lengths().at(length)},
            {"sketches", std::move(names)},
            {"counts", counts_json(rows, points.counts, sketches)},
            {"errors", std::move(errors)}};
}

}  // namespace stream_analyzer
