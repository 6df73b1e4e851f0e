// What the charts of accuracy's report are drawn from.
#pragma once

#include <vector>

#include "compare/accuracy_charts.hpp"
#include "report/json_text.hpp"

namespace stream_analyzer {

/// An object:
///
///   families  names, in the order of their colours
///   sizes     [{exact_bytes, series: [{family, kind, points: [[bytes, error, low, high]]}]}];
///             kind is "theory", "trials" (RMSE, with its interval), "dump" (RMSE) or "largest" (of
///             the dump's windows)
///   numbers   [{family, n, rmse, theory, p50, p95, p99, max}]: parallel arrays, one object a
///   sketch
///
/// Errors are fractions; what is missing, or is 0 and has no place on a logarithmic axis, is null
/// or not there.
[[nodiscard]] Json accuracy_chart_data(const std::vector<SizeChart>& sizes,
                                       const std::vector<CardinalityChart>& numbers);

}  // namespace stream_analyzer
