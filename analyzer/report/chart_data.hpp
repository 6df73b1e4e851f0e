// What the charts of analyze's report are drawn from.
#pragma once

#include <cstddef>

#include "compare/chart_points.hpp"
#include "compare/comparison_row.hpp"
#include "report/json_text.hpp"

namespace stream_analyzer {

/// One length of windows and the first `sketches` sketches:
///
///   label, sketches  "1m"; names
///   counts           {t, exact, estimates: [one array a sketch]}
///   errors           [{t, error, rse}], one a sketch
///
/// t is the start of a window in seconds since 1970. Arrays of one object are parallel; an element
/// that is null in all of them but t breaks the lines: a gap. exact is null without ground truth.
[[nodiscard]] Json chart_data(const ComparisonRows& rows, std::size_t length,
                              const ChartPoints& points, std::size_t sketches);

}  // namespace stream_analyzer
