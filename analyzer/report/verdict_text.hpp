// The outcome of a comparison in words.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compare/comparison_row.hpp"
#include "compare/sketch_verdict.hpp"

namespace stream_analyzer {

/// The answer in one or two sentences, about the first window length; where there is nothing to
/// compare, what is missing.
[[nodiscard]] std::string verdict_headline(const ComparisonRows& rows,
                                           std::span<const SketchVerdict> verdicts);

/// One sentence a verdict: typical error against theory, the largest error and its window, how many
/// windows lay within twice the predicted error. Without windows none.
[[nodiscard]] std::vector<std::string> verdict_sentences(std::span<const SketchVerdict> verdicts);

}  // namespace stream_analyzer
