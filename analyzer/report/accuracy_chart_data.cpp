#include "report/accuracy_chart_data.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "report/number_text.hpp"
#include "sketch/sketch_grid.hpp"

namespace stream_analyzer {

namespace {

using Row = const AccuracyRow&;

/// Null for a zero too, which has no place on a logarithmic axis.
Json error_json(std::optional<double> error) {
    return error && *error > 0 ? json_or_null(rounded_ratio(error)) : Json(nullptr);
}

Json families_of(const std::vector<CardinalityChart>& numbers,
                 const std::vector<SizeChart>& sizes) {
    Json families = Json::array();
    const auto add = [&](const SketchSpec& sketch) {
        const Json name(family_name(sketch.family));
        if (std::ranges::count(families, name) == 0) families.push_back(name);
    };
    for (const SizeChart& chart : sizes) {
        for (Row row : chart.rows)
            add(row.sketch);
    }
    for (const CardinalityChart& chart : numbers)
        add(chart.sketch);
    return families;
}

/// The points of one kind, by family in the order of the rows.
class SeriesOfFamilies {
  public:
    explicit SeriesOfFamilies(std::string_view kind) : kind_(kind) {}

    void add(Row row, std::optional<double> error, std::optional<double> low = {},
             std::optional<double> high = {}) {
        if (!error || *error <= 0) return;
        const std::string_view family = family_name(row.sketch.family);
        if (series_.empty() || series_.back()["family"] != family) {
            series_.push_back({{"family", family}, {"kind", kind_}, {"points", Json::array()}});
        }
        series_.back()["points"].push_back(Json::array(
            {row.sketch.memory_bytes(), error_json(error), error_json(low), error_json(high)}));
    }
    void append_to(Json& all) const {
        for (const Json& one : series_)
            all.push_back(one);
    }

  private:
    std::string_view kind_;
    Json series_ = Json::array();
};

Json size_json(const SizeChart& chart) {
    SeriesOfFamilies theory("theory");
    SeriesOfFamilies trials("trials");
    SeriesOfFamilies dump("dump");
    SeriesOfFamilies largest("largest");
    std::set<std::string> with_theory;
    for (Row row : chart.rows) {
        switch (row.evidence) {
            case Evidence::theory:
                // A dump of one window and the trials of its number of ids both bring it.
                if (with_theory.insert(row.sketch.name()).second)
                    theory.add(row, row.predicted_rse);
                break;
            case Evidence::dump:
                // Of one window both are the same error, and no typical one.
                if (row.samples != 1U) dump.add(row, row.errors.rmse);
                largest.add(row, row.errors.max_absolute_error);
                break;
            case Evidence::trials:
                trials.add(row, row.errors.rmse, row.errors.rmse_low, row.errors.rmse_high);
                break;
            case Evidence::rehash:
                break;  // the trials of as many ids stand there; the table has both
        }
    }
    Json series = Json::array();
    for (const SeriesOfFamilies* one : {&theory, &trials, &dump, &largest})
        one->append_to(series);
    return {{"exact_bytes", json_or_null(rounded_fixed(chart.exact_bytes, 0))},
            {"series", std::move(series)}};
}

Json number_json(const CardinalityChart& chart) {
    Json object{{"family", family_name(chart.sketch.family)}};
    for (const char* const key : {"n", "rmse", "theory", "p50", "p95", "p99", "max"})
        object[key] = Json::array();
    for (Row row : chart.rows) {
        object["n"].push_back(row.n_min);
        object["rmse"].push_back(error_json(row.errors.rmse));
        object["theory"].push_back(error_json(row.predicted_rse));
        object["p50"].push_back(error_json(row.errors.p50_absolute_error));
        object["p95"].push_back(error_json(row.errors.p95_absolute_error));
        object["p99"].push_back(error_json(row.errors.p99_absolute_error));
        object["max"].push_back(error_json(row.errors.max_absolute_error));
    }
    return object;
}

}  // namespace

Json accuracy_chart_data(const std::vector<SizeChart>& sizes,
                         const std::vector<CardinalityChart>& numbers) {
    Json size_charts = Json::array();
    for (const SizeChart& chart : sizes)
        size_charts.push_back(size_json(chart));
    Json number_charts = Json::array();
    for (const CardinalityChart& chart : numbers)
        number_charts.push_back(number_json(chart));
    return {{"families", families_of(numbers, sizes)},
            {"sizes", std::move(size_charts)},
            {"numbers", std::move(number_charts)}};
}

}  // namespace stream_analyzer
